using ClinicalSuite.Cli.CommandLine;
using ClinicalSuite.Cli.Query;
using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Dicom.Query;

namespace ClinicalSuite.Cli;

/// <summary>Asks an archive for studies, or an information system for its worklist, by C-FIND.</summary>
internal sealed class DicomFindVerb : IVerb
{
    private static readonly Dictionary<string, string[]> UsualKeys = new()
    {
        ["patient"] = ["PatientName", "PatientID", "PatientBirthDate", "PatientSex"],
        ["study"] =
        [
            "PatientName", "PatientID", "StudyDate", "ModalitiesInStudy", "AccessionNumber", "StudyDescription",
            "NumberOfStudyRelatedInstances", "StudyInstanceUID",
        ],
        ["series"] = ["StudyInstanceUID", "Modality", "SeriesNumber", "SeriesDescription", "NumberOfSeriesRelatedInstances", "SeriesInstanceUID"],
        ["image"] = ["StudyInstanceUID", "SeriesInstanceUID", "InstanceNumber", "SOPClassUID", "SOPInstanceUID"],
        ["worklist"] =
        [
            "PatientName", "PatientID", "PatientBirthDate", "PatientSex", "AccessionNumber", "RequestedProcedureID",
            "RequestedProcedureDescription", "StudyInstanceUID", "ScheduledProcedureStepSequence.Modality",
            "ScheduledProcedureStepSequence.ScheduledStationAETitle",
            "ScheduledProcedureStepSequence.ScheduledProcedureStepStartDate",
            "ScheduledProcedureStepSequence.ScheduledProcedureStepStartTime",
            "ScheduledProcedureStepSequence.ScheduledProcedureStepDescription",
            "ScheduledProcedureStepSequence.ScheduledProcedureStepID",
        ],
    };

    /// <summary>What a worklist is asked for.</summary>
    public static IReadOnlyList<string> WorklistKeys => UsualKeys["worklist"];

    public VerbDescription Description { get; } = new()
    {
        Name = "dicom find",
        Summary = "query an archive, or a worklist, by C-FIND",
        Operands = "AET@HOST:PORT",
        MinOperands = 1,
        MaxOperands = 1,
        Options =
        [
            .. QueryCall.CommonOptions,
            Option.Flag("--worklist", "modality worklist instead of an archive"),
            Option.Flag("--fuzzy", "ask for fuzzy matching of names"),
            Option.Number("--limit", "N", "cancel the query after so many matches"),
            Option.Flag("--json", "matches in the DICOM JSON model (PS3.18 F), one array"),
        ],
        Remarks = "Example: clinicalsuite dicom find PACS@pacs:104 -k 'PatientName=王*' -k StudyDate=20260101-\n"
            + "Keys without value are returned; the usual ones of the level are asked for beside. Exit status 0 when the\n"
            + "query was answered, also without a match.",
    };

    public async Task<int> Run(Arguments arguments, CancellationToken cancellation)
    {
        var (call, complaint) = QueryCall.Read(
            arguments, CommandField.FindRequest, arguments.Has("--worklist"), arguments.Has("--fuzzy"));
        if (call is null)
        {
            return VerbSwitch.Misused(Description, complaint!);
        }

        AddUsualKeys(call.Identifier, call.IsWorklist ? "worklist" : arguments.Text("--level") ?? "study");
        if (await call.OpenAsync([call.Context(CommandField.FindRequest)], call.Options, cancellation) is not { } client)
        {
            return ExitStatus.Failed;
        }

        await using (client)
        {
            using var output = new MatchOutput(call.Identifier, arguments.Has("--json"), Console.Out);
            var limit = arguments.Number("--limit") ?? int.MaxValue;
            var outcome = await client.FindAsync(call.SopClassUid(CommandField.FindRequest), call.Identifier, reply =>
            {
                output.Add(reply.DataSet ?? new DicomDataset());
                return output.Count < limit;
            }, cancellation);
            output.End();
            var isOwnLimit = outcome is SendOutcome.Answered { Status.IsCancel: true } && output.Count >= limit;
            if (isOwnLimit || outcome is SendOutcome.Answered { Status.IsSuccess: true })
            {
                Console.Error.WriteLine($"{output.Count} matches" + (isOwnLimit ? ", cancelled at the limit" : ""));
                return ExitStatus.Done;
            }

            Console.Error.WriteLine($"{call.Peer}: {StatusText.Of(outcome)}; {output.Count} matches came");
            return ExitStatus.Failed;
        }
    }

    /// <summary>A key that was given stays as it was given.</summary>
    private static void AddUsualKeys(DicomDataset identifier, string level)
    {
        foreach (var path in UsualKeys[level])
        {
            var names = path.Split('.');
            var set = identifier;
            if (names.Length == 2 && DicomDictionary.TryFindTag(names[0], out var sequence))
            {
                set = identifier.TryGetFirstItem(sequence, out var item) ? item : new DicomDataset();
            }

            if (DicomDictionary.TryFindTag(names[^1], out var tag) && !set.Contains(tag))
            {
                QueryIdentifier.Set(identifier, path);
            }
        }
    }
}
