// Compiles app.scss and copies the fonts and the script of GOV.UK Frontend beside it.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { compile } from 'sass'

const out = '../src/coproduce/ui/static/ui'
const font = 'node_modules/@fontsource-variable/atkinson-hyperlegible-next'
const files = ['latin-wght-normal', 'latin-ext-wght-normal', 'latin-wght-italic']

mkdirSync(`${out}/fonts`, { recursive: true })
const css = compile('app.scss', { loadPaths: ['node_modules'], style: 'compressed', quietDeps: true }).css
writeFileSync(`${out}/app.css`, `${css.replace('\uFEFF', '')}\n`)
for (const file of files) {
  const name = `atkinson-hyperlegible-next-${file}.woff2`
  copyFileSync(`${font}/files/${name}`, `${out}/fonts/${name}`)
}
copyFileSync(`${font}/LICENSE`, `${out}/fonts/OFL.txt`)
const script = readFileSync('node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js', 'utf8')
// No map is shipped, so none is named.
writeFileSync(`${out}/govuk-frontend.min.js`, script.replace(/\/\/# sourceMappingURL=.*\n?$/, '\n'))
