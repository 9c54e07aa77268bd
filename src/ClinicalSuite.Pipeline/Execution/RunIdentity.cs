using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ClinicalSuite.Evidence.Volumes;
using ClinicalSuite.Findings;

namespace ClinicalSuite.Pipeline.Execution;

/// <summary>The run id of an execution that has none from a database.</summary>
internal static class RunIdentity
{
    /// <summary>
    /// 32 hexadecimal digits from all that shapes the results: the analysis, its version and settings, patient, study and instances,
    /// voxels, given segments and values, and the stated time. Equal calls make equal objects; two different objects never share a UID.
    /// </summary>
    public static string Of(AnalysisOrder order, IAnalysis analysis, SourceStudy study, AnalysisInput? input)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, "offline", analysis.Id, analysis.Version, order.Device.SoftwareVersion, order.Language.ToString());
        Add(hash, order.Time?.ToString("O", CultureInfo.InvariantCulture) ?? "");
        Add(hash, JsonSerializer.Serialize(study.Patient), JsonSerializer.Serialize(study.Facts));
        Add(hash, [.. study.Series.SelectMany(s => s.Instances).Select(i => i.SopInstanceUid).Order(StringComparer.Ordinal)]);
        if (input is not null)
        {
            foreach (var (role, series) in input.Series.OrderBy(s => s.Key, StringComparer.Ordinal))
            {
                Add(hash, role, series.Facts.SeriesUid);
                for (var slice = 0; slice < series.Image.Geometry.Slices; slice++)
                {
                    hash.AppendData(MemoryMarshal.AsBytes(series.Image.Slice(slice)));
                }
            }

            foreach (var given in input.GivenSegments)
            {
                Add(hash, given.Label, given.SourceDescription, given.Mask.Geometry.ToString());
                hash.AppendData(given.Mask.Voxels);
            }

            Add(hash, [.. input.ClinicalValues.Select(value => JsonSerializer.Serialize(value))]);
            Add(hash, [.. input.Settings.Values.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => $"{s.Key}={s.Value}")]);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..32];
    }

    private static void Add(IncrementalHash hash, params string[] texts)
    {
        foreach (var text in texts)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(text + "\n"));
        }
    }
}
