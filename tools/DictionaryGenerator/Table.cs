namespace ClinicalSuite.DictionaryGenerator;

/// <summary>Tab-separated tables: one row a line, comment lines start with '#'.</summary>
internal static class Table
{
    public static List<string> ReadLines(string path) =>
        [.. File.ReadLines(path).Where(line => line.Length > 0 && line[0] != '#')];

    public static List<T> Read<T>(string path, Func<string[], T> parse) =>
        [.. ReadLines(path).Select(line => parse(line.Split('\t')))];
}
