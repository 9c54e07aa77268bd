// What dicomweb-client and dcmjs, on which web viewers stand, make of a DICOMweb service: stores the files of a folder, then
// searches for them and reads them in every way, and writes what came as JSON.
// usage: node read.mjs ROOT FOLDER STUDY SERIES TOKEN OUT
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import XMLHttpRequest from 'xhr2';
import dcmjs from 'dcmjs';

globalThis.XMLHttpRequest = XMLHttpRequest; // the client is written for browsers
const { api } = await import('dicomweb-client');
const [root, folder, studyInstanceUID, seriesInstanceUID, token, out] = process.argv.slice(2);
const client = new api.DICOMwebClient({
  url: root, headers: { Authorization: `Bearer ${token}` }, singlepart: '',
});
const { DicomMetaDictionary, DicomMessage } = dcmjs.data;
const naturalize = (dataset) => DicomMetaDictionary.naturalizeDataset(dataset);
const base64 = (bytes) => Buffer.from(bytes).toString('base64');
const named = (dataset) => ({
  uid: dataset.SOPInstanceUID,
  name: Object.values(dataset.PatientName[0]).join('='),
  description: dataset.StudyDescription,
  rows: dataset.Rows,
  number: dataset.InstanceNumber,
  step: dataset.RequestAttributesSequence?.[0]?.ScheduledProcedureStepID,
});

const datasets = readdirSync(folder).sort().map((name) => {
  const bytes = readFileSync(join(folder, name));
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
});
await client.storeInstances({ datasets, studyInstanceUID });

const search = async (queryParams) => (await client.searchForStudies({ queryParams })).map(naturalize);
const found = {
  pinyin: await search({ PatientName: 'wang*' }),
  fuzzy: await search({ PatientName: 'xiaodong', fuzzymatching: true, includefield: 'StudyDescription' }),
  chinese: await search({ PatientName: '王*' }),
  nobody: await search({ PatientName: 'li*' }),
};
const pages = [];
for (let offset = 0; ; offset += 4) {
  const page = await client.searchForInstances({
    studyInstanceUID, seriesInstanceUID, queryParams: { limit: 4, offset, includefield: '00280010,00280011' },
  });
  if (page.length === 0) break;
  pages.push(page.map(naturalize).map((one) => ({ uid: one.SOPInstanceUID, rows: one.Rows, columns: one.Columns })));
}
const series = (await client.searchForSeries({ studyInstanceUID })).map(naturalize);

const metadata = (await client.retrieveSeriesMetadata({ studyInstanceUID, seriesInstanceUID })).map(naturalize);
const instances = [];
for (const one of metadata) {
  const address = { studyInstanceUID, seriesInstanceUID, sopInstanceUID: one.SOPInstanceUID };
  const frames = async (numbers, ...mediaTypes) => {
    const request = { ...address, frameNumbers: numbers };
    if (mediaTypes.length > 0) request.mediaTypes = mediaTypes;
    return (await client.retrieveInstanceFrames(request)).map(base64);
  };
  const syntax = one.AvailableTransferSyntaxUID ?? '';
  const file = DicomMessage.readFile(await client.retrieveInstance(address));
  const [bulk] = await client.retrieveBulkData({ BulkDataURI: one.PixelData.BulkDataURI });
  instances.push({
    ...named(one),
    syntax,
    fileSyntax: file.meta['00020010'].Value[0],
    file: named(naturalize(file.dict)),
    native: await frames([2, 1]),
    stored: await frames([1, 2], { mediaType: 'image/*', transferSyntaxUID: '*' }).catch((e) => e.status),
    jls: await frames([2], { mediaType: 'image/x-jls', transferSyntaxUID: '1.2.840.10008.1.2.4.80' }).catch((e) => e.status),
    rle: await frames([2], { mediaType: 'image/x-dicom-rle', transferSyntaxUID: '1.2.840.10008.1.2.5' }).catch((e) => e.status),
    jp2: await frames([2], { mediaType: 'image/jp2', transferSyntaxUID: '1.2.840.10008.1.2.4.90' }).catch((e) => e.status),
    jpeg: await frames([2], { mediaType: 'image/jpeg', transferSyntaxUID: '1.2.840.10008.1.2.4.70' }).catch((e) => e.status),
    either: await frames([1],
      { mediaType: 'image/jls', transferSyntaxUID: '1.2.840.10008.1.2.4.80' },
      { mediaType: 'application/octet-stream', transferSyntaxUID: '1.2.840.10008.1.2.1' }),
    bulk: bulk.byteLength,
    png: base64((await client.retrieveInstanceFramesRendered({
      ...address, frameNumbers: [2], mediaTypes: [{ mediaType: 'image/png' }],
    }))[0].slice(0, 24)),
    rendered: base64((await client.retrieveInstanceRendered({
      ...address, mediaTypes: [{ mediaType: 'image/jpeg' }], queryParams: { window: '1000,200,linear' },
    }))[0].slice(0, 3)),
  });
}
const study = (await client.retrieveStudy({ studyInstanceUID })).map((bytes) => named(naturalize(DicomMessage.readFile(bytes).dict)));

writeFileSync(out, JSON.stringify({
  found: Object.fromEntries(Object.entries(found).map(([how, list]) => [how, list.map(named)])),
  pages,
  series: series.map((one) => one.SeriesInstanceUID),
  instances,
  study,
}));
