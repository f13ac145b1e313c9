import { pathToFileURL } from 'node:url';
const Y = await import(pathToFileURL(process.argv[2]).href);
const N = Number(process.argv[3]);
function rng(seed){ let s=seed*2654435761>>>0; return n=>{ s^=s<<13; s>>>=0; s^=s>>>17; s^=s<<5; s>>>=0; return s%n; }; }
let best=null, div=0, rev=0, crash=0;
const all=[];
for (let seed=1; seed<=N; seed++) {
  const r=rng(seed); for(let i=0;i<5;i++) r(2);
  const docs=[1,2].map(c=>{const d=new Y.Doc(); d.clientID=c; return d;});
  const roots=docs.map(d=>d.getXmlFragment('r'));
  const el=new Y.XmlElement('p'); el.insert(0,[new Y.XmlText('abcdef')]);
  docs[0].transact(()=>roots[0].insert(0,[el]),'s');
  const sync=()=>{ for (const [a,b] of [[0,1],[1,0]]) Y.applyUpdate(docs[b],Y.encodeStateAsUpdate(docs[a],Y.encodeStateVector(docs[b])),'n'); };
  sync();
  const ums=roots.map(x=>new Y.UndoManager(x,{captureTimeout:0}));
  const log=[]; let reversed=false;
  const len=3+r(8);
  try {
  for (let k=0;k<len;k++){
    const w=r(2), root=roots[w];
    const t=root.length? root.get(0).get(0):null;
    const op=r(7);
    if (op<=1&&t){const at=r(t.length+1); t.insert(at,'XYZ'[r(3)]); log.push(`${w} insert ${at}`);}
    else if (op===2&&t&&t.length){const at=r(t.length); const l=1+r(t.length-at); t.delete(at,l); log.push(`${w} delete ${at},${l}`);}
    else if (op===3&&t){root.delete(0,1); log.push(`${w} remove`);}
    else if (op<=5){ums[w].undo(); log.push(`${w} undo`);}
    else {sync(); log.push('sync');}
  }
  sync(); sync();
  } catch(e){ crash++; all.push([log.length,'crash '+String(e).slice(0,80),log.join('; ')]); continue; }
  const a=roots[0].toString(), b=roots[1].toString();
  if (a!==b) { div++; all.push([log.length,'diverge '+a+' / '+b,log.join('; ')]); }
  else { const f=new Y.Doc(); Y.applyUpdate(f,Y.encodeStateAsUpdate(docs[0])); const g=f.getXmlFragment('r').toString(); if (g!==a) { div++; all.push([log.length,'fresh '+a+' / '+g,log.join('; ')]); } }
}
all.sort((x,y)=>x[0]-y[0]); console.log({div,crash}); for(const x of all.slice(0,4)) console.log(x.join(' | '));
