import{createRequire as __anzenRequire}from'node:module';import{fileURLToPath as __anzenPath}from'node:url';const require=__anzenRequire(import.meta.url),__filename=__anzenPath(import.meta.url),__dirname=__anzenPath(new URL('.',import.meta.url));
import{b as t}from"./chunk-YFBX3JQP.js";import"./chunk-J3IQFNNZ.js";import"./chunk-F6FCH2F2.js";import"./chunk-W2VFSNLD.js";import"./chunk-M5RG55HU.js";import{W as o}from"./chunk-PWOJ7ALZ.js";import"./chunk-HPATJ5T7.js";import"./chunk-6J6S2VZN.js";import"./chunk-TG4WCBHZ.js";import{a as i}from"./chunk-BETVUNAD.js";import"./chunk-5UN3EC55.js";import"./chunk-YSAUUD6L.js";import{existsSync as d,readFileSync as l}from"node:fs";function y(m,a){let e=m.positionals[1];if(e===void 0)throw new t('"anzen explain" needs a rule, for instance "anzen explain rename-column". "anzen rules" lists them.');let r=o.find(n=>n.id===e);if(!r){let n=i(e,o.map(u=>u.id));throw new t(`"${e}" is not a rule.${n?` Did you mean "${n}"?`:' "anzen rules" lists them.'}`)}let s=["../docs/rules/","../../docs/rules/"].map(n=>new URL(`${n}${e}.md`,import.meta.url)).find(n=>d(n));return a.out(s?l(s,"utf8"):`# ${r.id}

${r.summary}

${r.docs.why}

${r.docs.exceptions}
`),0}export{y as explainCommand};
