// Shows cards with Microsoft's own renderer, https://www.npmjs.com/package/adaptivecards. It serves these files on loopback and nothing else.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';

const files = {
  '/': ['page.html', 'text/html; charset=utf-8'],
  '/host.mjs': ['host.mjs', 'text/javascript'],
  '/adaptivecards.js': ['node_modules/adaptivecards/dist/adaptivecards.js', 'text/javascript'],
  '/adaptivecards.css': ['node_modules/adaptivecards/dist/adaptivecards.css', 'text/css'],
};

const server = createServer(async (request, response) => {
  const file = files[request.url];
  if (!file) {
    response.writeHead(request.url === '/favicon.ico' ? 204 : 404).end();
    return;
  }

  response.writeHead(200, { 'Content-Type': file[1] }).end(await readFile(new URL(file[0], import.meta.url)));
});
server.listen(0, '127.0.0.1', () => console.log(`ready ${server.address().port}`));
