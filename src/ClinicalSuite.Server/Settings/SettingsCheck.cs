using ClinicalSuite.Analyses;
using ClinicalSuite.Pipeline;
using ClinicalSuite.Pipeline.Workflow;

namespace ClinicalSuite.Server.Settings;

/// <summary>What is wrong with settings, each named as in the settings file and with what it may be.</summary>
internal static class SettingsCheck
{
    public static IEnumerable<string> Complaints(ApplianceSettings settings) =>
        [.. OfSeat(settings), .. OfPeers(settings), .. OfAnalyses(settings), .. OfLimits(settings)];

    private static IEnumerable<string> OfSeat(ApplianceSettings settings)
    {
        if (!AcceptRule.IsAeTitle(settings.AeTitle))
        {
            yield return $"aet: {settings.AeTitle}: not an AE title (PS3.5 6.2: 1 to 16 characters)";
        }

        if (settings.Language is not ("en" or "zh"))
        {
            yield return $"language: {settings.Language}: en or zh";
        }

        int[] ports = [settings.HttpPort, settings.DicomPort, settings.TlsPort];
        if (ports.Any(port => port is < 0 or > 65535))
        {
            yield return "a port is a number from 0 to 65535";
        }

        foreach (var complaint in (settings.Tls?.Complaints() ?? []).Concat(settings.Associations.Complaints()))
        {
            yield return complaint;
        }

        if (settings.AdministratorPassword is { Length: < 12 })
        {
            yield return "administratorPassword: at least 12 characters";
        }
    }

    private static IEnumerable<string> OfPeers(ApplianceSettings settings)
    {
        IEnumerable<DicomDestination> called = [.. settings.Pacs, .. settings.Destinations, .. settings.Announce, .. settings.PerformedSteps];
        if (settings.Tls is null && (called.Any(peer => peer.Tls) || settings.Ris.Any(ris => ris.Tls)))
        {
            yield return "tls: is missing, and a peer is to be called by it";
        }

        if (settings.DicomUsers.Any(user => user.Name.Length == 0 || user.PasscodeSha256 is { } hash
            && (hash.Length != 64 || !hash.All(char.IsAsciiHexDigit))))
        {
            yield return "dicomUsers: each has a name, and passcodeSha256 (if any) is 64 hexadecimal digits";
        }

        if (settings.ProofAlarm <= TimeSpan.Zero || settings.CommitmentLimit <= TimeSpan.Zero || settings.AnnouncedTime < TimeSpan.Zero)
        {
            yield return "proofAlarmMinutes, commitmentMinutes: above 0; announcedMinutes: not below 0";
        }

        foreach (var name in settings.Proofs.Keys.Where(name =>
            name != WorkflowSettings.AnyDestination && settings.Pacs.All(pacs => pacs.Name != name)))
        {
            yield return $"proof: {name}: no such archive in pacs";
        }
    }

    private static IEnumerable<string> OfAnalyses(ApplianceSettings settings)
    {
        foreach (var (id, values) in settings.AnalysisSettings)
        {
            if (AnalysisCatalog.All.FirstOrDefault(a => a.Id == id) is not { } analysis)
            {
                yield return $"analyses: {id}: no such analysis; `clinicalsuite analyses` lists them";
                continue;
            }

            var known = analysis.Description.Settings.Select(setting => setting.Key).ToList();
            foreach (var key in values.Keys.Except(known))
            {
                yield return $"analyses: {id}: {key}: it takes {(known.Count == 0 ? "none" : string.Join(", ", known))}";
            }
        }
    }

    private static IEnumerable<string> OfLimits(ApplianceSettings settings)
    {
        if (settings.Threads < 1 || settings.RunMemoryBytes < 1L << 29)
        {
            yield return "threads: at least 1; runMemoryGib: at least 0.5";
        }

        var disk = settings.Watermarks;
        if (disk.WarnFreeShare is < 0 or > 1 || disk.RefuseFreeShare is < 0 or > 1
            || disk.WarnFreeBytes < 0 || disk.RefuseFreeBytes < 0 || disk.ReserveBytes < 0)
        {
            yield return "disk: shares are from 0 to 1, bytes at least 0";
        }

        if (settings.Decoding.Processes < 1 || settings.Decoding.MemoryBytes < 1L << 28
            || settings.Decoding.Time < TimeSpan.FromSeconds(1) || settings.Decoding.Time > TimeSpan.FromHours(1))
        {
            yield return "decoders: at least 1; decoderMemoryGib: at least 0.25; decoderSeconds: 1 to 3600";
        }
    }
}
