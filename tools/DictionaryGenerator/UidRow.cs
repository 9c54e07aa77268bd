namespace ClinicalSuite.DictionaryGenerator;

internal sealed record UidRow(string Uid, string Keyword, string Kind, string Name, bool IsRetired)
{
    public static UidRow Parse(string[] fields) => new(fields[0], fields[1], fields[2], fields[3], fields.Length > 4);
}
