using System.Globalization;
using System.Text;
using ClinicalSuite.DictionaryGenerator;

if (args.Length != 2)
{
    Console.Error.WriteLine("usage: DictionaryGenerator TABLES_FOLDER OUTPUT_FOLDER");
    return 2;
}

var tables = args[0];
var output = args[1];
var attributes = Table.Read(Path.Combine(tables, "attributes.tsv"), AttributeRow.Parse);
var privateAttributes = Table.ReadLines(Path.Combine(tables, "private-attributes.tsv"));
var uids = Table.Read(Path.Combine(tables, "uids.tsv"), UidRow.Parse);
var confidentiality = Table.ReadLines(Path.Combine(tables, "confidentiality.tsv"));
var objects = Table.ReadLines(Path.Combine(tables, "objects.tsv"));
var mandarin = Table.ReadLines(Path.Combine(tables, "mandarin.tsv"));

Write("DicomTag.g.cs", Sources.Tags(attributes));
Write("DicomDictionary.g.cs", Sources.Dictionary(attributes));
Write("DicomPrivateDictionary.g.cs", Sources.PrivateDictionary(privateAttributes));
Write("DicomUID.g.cs", Sources.Uids(uids));
Write("Deidentification/ConfidentialityTable.g.cs", Sources.Confidentiality(confidentiality));
Write("Query/MandarinReadings.g.cs", Sources.Mandarin(mandarin));
Write("Conformance/ObjectTables.g.cs", Sources.Objects(objects));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
    $"{attributes.Count} attributes, {privateAttributes.Count} private attributes, {uids.Count} UIDs, "
        + $"{confidentiality.Count} confidential attributes, {objects.Count} lines of objects"));
return 0;

void Write(string name, string text) => File.WriteAllText(Path.Combine(output, name), text, new UTF8Encoding(false));
