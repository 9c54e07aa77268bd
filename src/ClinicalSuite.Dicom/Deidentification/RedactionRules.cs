using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClinicalSuite.Dicom.Deidentification;

/// <summary>
/// A site's rules for text that its devices write into pixels:
/// <c>{"rules":[{"match":{"Modality":"US"},"areas":[{"x":0,"y":0,"width":1024,"height":60}]}]}</c>.
/// </summary>
public sealed record RedactionRules
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    public static RedactionRules None { get; } = new() { Rules = [] };

    public required IReadOnlyList<RedactionRule> Rules { get; init; }

    /// <exception cref="InvalidDataException">The text is no set of rules; the message says where and why.</exception>
    public static RedactionRules Parse(string json)
    {
        try
        {
            var rules = JsonSerializer.Deserialize<RedactionRules>(json, Format)
                ?? throw new InvalidDataException("no rules");
            rules.Check();
            return rules;
        }
        catch (JsonException problem)
        {
            throw new InvalidDataException(problem.Message, problem);
        }
    }

    private void Check()
    {
        for (var index = 0; index < Rules.Count; index++)
        {
            var rule = Rules[index];
            if (rule.Match.Count == 0)
            {
                throw new InvalidDataException($"rule {index + 1}: match names no attribute");
            }

            if (rule.Match.Keys.FirstOrDefault(keyword => !DicomTag.TryParse(keyword, out _)) is { } unknown)
            {
                throw new InvalidDataException($"rule {index + 1}: {unknown} is no attribute");
            }

            if (rule.Areas.Any(area => area.X < 0 || area.Y < 0 || area.Width < 1 || area.Height < 1))
            {
                throw new InvalidDataException($"rule {index + 1}: an area has a negative place or no size");
            }
        }
    }
}
