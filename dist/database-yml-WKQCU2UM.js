import{createRequire as __anzenRequire}from'node:module';import{fileURLToPath as __anzenPath}from'node:url';const require=__anzenRequire(import.meta.url),__filename=__anzenPath(import.meta.url),__dirname=__anzenPath(new URL('.',import.meta.url));
import{a}from"./chunk-EQYVCMJ4.js";import"./chunk-IXDTMDKB.js";import"./chunk-YSAUUD6L.js";export{a as parseDatabaseYml};
