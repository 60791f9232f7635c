import{createRequire as __anzenRequire}from'node:module';import{fileURLToPath as __anzenPath}from'node:url';const require=__anzenRequire(import.meta.url),__filename=__anzenPath(import.meta.url),__dirname=__anzenPath(new URL('.',import.meta.url));
import{rules}from"./chunk-HZFWCOY3.js";import"./chunk-V5BHG234.js";import"./chunk-V7SPRLUS.js";function rulesCommand(given,world){if(given.values.format==="json")return world.out(`${JSON.stringify(rules.map(({id,summary,hazard,severity,engines,replaces})=>({id,summary,hazard,severity,engines,replaces})),null,2)}
`),0;let width=Math.max(...rules.map(rule=>rule.id.length)),titles={fails:"Fails to apply, or half applies",blocks:"Blocks traffic","breaks-code":"Breaks running code","loses-data":"Loses data",history:"History",advice:"Advice"};for(let[hazard,title]of Object.entries(titles)){let mine=rules.filter(rule=>rule.hazard===hazard);mine.length!==0&&world.out(`${title}
${mine.map(rule=>`  ${rule.id.padEnd(width)}  ${rule.severity.padEnd(6)}  ${rule.summary}`).join(`
`)}

`)}return 0}export{rulesCommand};
