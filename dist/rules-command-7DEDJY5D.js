import{createRequire as __anzenRequire}from'node:module';import{fileURLToPath as __anzenPath}from'node:url';const require=__anzenRequire(import.meta.url),__filename=__anzenPath(import.meta.url),__dirname=__anzenPath(new URL('.',import.meta.url));
import{W as o}from"./chunk-PWOJ7ALZ.js";import"./chunk-HPATJ5T7.js";import"./chunk-6J6S2VZN.js";import"./chunk-TG4WCBHZ.js";import"./chunk-YSAUUD6L.js";function p(a,s){if(a.values.format==="json")return s.out(`${JSON.stringify(o.map(({id:n,summary:e,hazard:r,severity:t,engines:d,replaces:l})=>({id:n,summary:e,hazard:r,severity:t,engines:d,replaces:l})),null,2)}
`),0;let i=Math.max(...o.map(n=>n.id.length)),m={fails:"Fails to apply, or half applies",blocks:"Blocks traffic","breaks-code":"Breaks running code","loses-data":"Loses data",history:"History",advice:"Advice"};for(let[n,e]of Object.entries(m)){let r=o.filter(t=>t.hazard===n);r.length!==0&&s.out(`${e}
${r.map(t=>`  ${t.id.padEnd(i)}  ${t.severity.padEnd(6)}  ${t.summary}`).join(`
`)}

`)}return 0}export{p as rulesCommand};
