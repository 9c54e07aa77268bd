using ClinicalSuite.Dicom;

namespace ClinicalSuite.Cli.Query;

/// <summary>Writes matches: a table at the end, or JSON as they come.</summary>
internal sealed class MatchOutput(DicomDataset identifier, bool isJson, TextWriter output) : IDisposable
{
    private readonly MatchTable table = new(identifier);

    public int Count { get; private set; }

    public void Add(DicomDataset match)
    {
        if (isJson)
        {
            output.Write(Count == 0 ? "[\n" : ",\n");
            output.Write(DicomJson.ToText(match));
        }
        else
        {
            table.Add(match);
        }

        Count++;
    }

    public void End()
    {
        if (isJson)
        {
            output.WriteLine(Count == 0 ? "[]" : "\n]");
        }
        else if (Count > 0)
        {
            table.Write(output);
        }
    }

    public void Dispose() => output.Flush();
}
