using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClinicalSuite.Pipeline.Execution;

/// <summary>A line that the child process writes on standard output.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "says")]
[JsonDerivedType(typeof(Progress), "progress")]
[JsonDerivedType(typeof(Ended), "ended")]
internal abstract record ChildMessage
{
    private ChildMessage()
    {
    }

    public sealed record Progress(double Fraction, string Step) : ChildMessage;

    public sealed record Ended(AnalysisOutcome Outcome) : ChildMessage;

    public string ToLine() => JsonSerializer.Serialize(this, JsonSerializerOptions.Default);

    /// <returns>Null for a line that is none of ours, such as a native library's chatter.</returns>
    public static ChildMessage? FromLine(string line)
    {
        if (!line.StartsWith('{'))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<ChildMessage>(line, JsonSerializerOptions.Default);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
