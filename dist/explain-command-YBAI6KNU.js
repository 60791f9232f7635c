import{createRequire as __anzenRequire}from'node:module';import{fileURLToPath as __anzenPath}from'node:url';const require=__anzenRequire(import.meta.url),__filename=__anzenPath(import.meta.url),__dirname=__anzenPath(new URL('.',import.meta.url));
import{b as t}from"./chunk-RMJGYMXF.js";import{b as i}from"./chunk-TGNX2AMS.js";import{T as o}from"./chunk-MQYE3TYQ.js";import"./chunk-GWGDIUP3.js";import"./chunk-IDSDADAJ.js";import"./chunk-MO2RUMZ5.js";import"./chunk-YVJQ2EDA.js";import"./chunk-5FYBC45U.js";import"./chunk-YSAUUD6L.js";import{existsSync as d,readFileSync as l}from"node:fs";function y(m,a){let e=m.positionals[1];if(e===void 0)throw new t('"anzen explain" needs a rule, for instance "anzen explain rename-column". "anzen rules" lists them.');let r=o.find(n=>n.id===e);if(!r){let n=i(e,o.map(u=>u.id));throw new t(`"${e}" is not a rule.${n?` Did you mean "${n}"?`:' "anzen rules" lists them.'}`)}let s=["../docs/rules/","../../docs/rules/"].map(n=>new URL(`${n}${e}.md`,import.meta.url)).find(n=>d(n));return a.out(s?l(s,"utf8"):`# ${r.id}

${r.summary}

${r.docs.why}

${r.docs.exceptions}
`),0}export{y as explainCommand};
