import{createRequire as __anzenRequire}from'node:module';import{fileURLToPath as __anzenPath}from'node:url';const require=__anzenRequire(import.meta.url),__filename=__anzenPath(import.meta.url),__dirname=__anzenPath(new URL('.',import.meta.url));
import{Refusal,nearestWord}from"./chunk-NSNSUL5R.js";import{rules}from"./chunk-HZFWCOY3.js";import"./chunk-BUF2F4HV.js";import"./chunk-V5BHG234.js";import"./chunk-V7SPRLUS.js";import{existsSync,readFileSync}from"node:fs";function explainCommand(given,world){let id=given.positionals[1];if(id===void 0)throw new Refusal('"anzen explain" needs a rule, for instance "anzen explain rename-column". "anzen rules" lists them.');let rule=rules.find(candidate=>candidate.id===id);if(!rule){let near=nearestWord(id,rules.map(candidate=>candidate.id));throw new Refusal(`"${id}" is not a rule.${near?` Did you mean "${near}"?`:' "anzen rules" lists them.'}`)}let page=["../docs/rules/","../../docs/rules/"].map(folder=>new URL(`${folder}${id}.md`,import.meta.url)).find(url=>existsSync(url));return world.out(page?readFileSync(page,"utf8"):`# ${rule.id}

${rule.summary}

${rule.docs.why}

${rule.docs.exceptions}
`),0}export{explainCommand};
