using System.Security.Cryptography;
using System.Text;
using ClinicalSuite.Store;

namespace ClinicalSuite.Pipeline.Routing;

/// <summary>What makes two runs the same run: the same analysis on the same bytes in the same roles with the same settings.</summary>
internal static class InputHash
{
    public static string Of(
        IReadOnlyList<RunInput> inputs, IReadOnlyDictionary<long, Instance> instances, IReadOnlyDictionary<string, string> settings)
    {
        var text = new StringBuilder();
        foreach (var input in inputs.OrderBy(i => i.Role, StringComparer.Ordinal).ThenBy(i => i.SeriesUid, StringComparer.Ordinal))
        {
            text.Append("series ").Append(input.Role).Append(' ').Append(input.SeriesUid).Append('\n');
            foreach (var instance in input.InstanceIds.Select(id => instances[id]).OrderBy(i => i.SopInstanceUid, StringComparer.Ordinal))
            {
                text.Append(instance.SopInstanceUid).Append(' ').Append(instance.DataSetSha256).Append('\n');
            }
        }

        foreach (var (key, value) in settings.OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            text.Append("setting ").Append(key).Append('=').Append(value).Append('\n');
        }

        return Hash(text.ToString());
    }

    /// <summary>32 hexadecimal digits. The installation is part of it: two that read one study never share a UID.</summary>
    public static string RunId(string installationId, string studyUid, string analysisId, string analysisVersion, string inputHash) =>
        Hash(string.Join('\n', installationId, studyUid, analysisId, analysisVersion, inputHash))[..32];

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
