using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClinicalSuite.Store.Instances;

/// <summary>How <see cref="InstanceFacts"/> stand in the journal. Generated at compile time: it runs for every object.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(InstanceFacts))]
internal sealed partial class FactsText : JsonSerializerContext
{
    public static string? Write(InstanceFacts? facts) => facts is null ? null : JsonSerializer.Serialize(facts, Default.InstanceFacts);

    public static InstanceFacts? Read(string? text) => text is null ? null : JsonSerializer.Deserialize(text, Default.InstanceFacts);
}
