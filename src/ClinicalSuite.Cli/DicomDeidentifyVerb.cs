using ClinicalSuite.Cli.CommandLine;
using ClinicalSuite.Cli.Offline;
using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Deidentification;

namespace ClinicalSuite.Cli;

/// <summary>De-identifies DICOM files by PS3.15 Annex E.</summary>
internal sealed class DicomDeidentifyVerb : IVerb
{
    private static readonly (string Name, DeidentificationOptions Option)[] Retained =
    [
        ("uids", DeidentificationOptions.RetainUids),
        ("full-dates", DeidentificationOptions.RetainFullDates),
        ("modified-dates", DeidentificationOptions.RetainModifiedDates),
        ("device", DeidentificationOptions.RetainDeviceIdentity),
        ("institution", DeidentificationOptions.RetainInstitutionIdentity),
        ("characteristics", DeidentificationOptions.RetainPatientCharacteristics),
        ("safe-private", DeidentificationOptions.RetainSafePrivate),
    ];

    private static readonly (string Name, DeidentificationOptions Option)[] Cleaned =
    [
        ("descriptors", DeidentificationOptions.CleanDescriptors),
        ("structured-content", DeidentificationOptions.CleanStructuredContent),
        ("graphics", DeidentificationOptions.CleanGraphics),
    ];

    private static readonly string[] Accepted = ["burned-in", "visual-features"];

    public VerbDescription Description { get; } = new()
    {
        Name = "dicom deidentify",
        Summary = "take the identity out of DICOM files, folders or .zip archives (PS3.15 Annex E)",
        Operands = "INPUT...",
        MinOperands = 1,
        MaxOperands = int.MaxValue,
        Options =
        [
            Option.Text("--out", "DIR", "where the files go, as DIR/STUDY/SERIES/INSTANCE.dcm by their new UIDs; made if it is not there"),
            Option.List("--retain", "WHAT", "of " + Names(Retained) + "; with commas or given again"),
            Option.List("--clean", "WHAT", "keep, cleaned: of " + Names(Cleaned)),
            Option.Text("--key", "FILE", $"the site's secret, {DeidentificationKey.MinimumBytes} bytes or more: same key, same UIDs, names, days in every run"),
            Option.Text("--patients", "FILE", "lines PatientID,newPatientID,newPatientName[,days]; other patients are refused"),
            Option.Text("--redact", "RULES.json", "areas of pixels to blank, by kind of image"),
            Option.Flag("--redact-ultrasound", "blank all of an ultrasound image outside of its calibrated regions"),
            Option.Text("--safe-private", "FILE", "further safe private attributes: lines group|creator|elements"),
            Option.List("--accept", "WHAT", "write images although names may be in their pixels (burned-in) or faces (visual-features)"),
            Option.Text("--report", "FILE", "CSV of input, output, reason: it leads back to the patients, keep it as the originals"),
        ],
        Remarks = "The basic profile alone takes out names, numbers, dates, descriptions, private attributes, curves, overlays, icons and\n"
            + "the content of reports; each --retain and --clean is an option of the profile and is written into the objects.\n"
            + "Patients get pseudonyms derived from the key; UIDs are mapped so that references between objects hold. Without --key\n"
            + "a key is made up and forgotten: nothing can be added to the same study later. Make one: head -c 32 /dev/urandom > FILE\n"
            + "Refused, with the reason: encapsulated documents, recorded speech, DICOMDIR; images that say that text is burned in;\n"
            + "ultrasound, secondary capture, photographs and slide labels that no rule of --redact speaks of; images that say that\n"
            + "somebody can be recognized by them. A rule without areas says that nothing is written into images of its kind:\n"
            + "  {\"rules\": [{\"match\": {\"Modality\": \"US\", \"ManufacturerModelName\": \"EPIQ*\"},\n"
            + "              \"areas\": [{\"x\": 0, \"y\": 0, \"width\": 1024, \"height\": 60}], \"outsideUltrasoundRegions\": false}]}\n"
            + "Faces are not taken out of volumes of the head: that option of the profile is not offered. Text that is kept is\n"
            + "searched for what the object itself knows of its people; a person should read what was cleaned.\n"
            + "Exit status 0 when every object was written, 3 when one was refused. Research use; not clinically validated.",
    };

    public Task<int> Run(Arguments arguments, CancellationToken cancellation)
    {
        if (arguments.Text("--out") is not { } folder)
        {
            return Misused("--out DIR is needed");
        }

        var (options, complaint) = OptionsOf(arguments);
        var accepted = Words(arguments, "--accept");
        complaint ??= accepted.FirstOrDefault(word => !Accepted.Contains(word)) is { } unknown
            ? $"--accept {unknown}: one of {string.Join(", ", Accepted)}"
            : null;
        if (complaint is not null)
        {
            return Misused(complaint);
        }

        var plan = new DeidentificationPlan
        {
            Key = KeyOf(arguments),
            Options = options,
            Patients = Read(arguments, "--patients", path => PseudonymList.Read(File.ReadLines(path))),
            SafePrivate = Read(arguments, "--safe-private", path => SafePrivateAttributes.Read(File.ReadLines(path)))
                ?? SafePrivateAttributes.Default,
            Redaction = Read(arguments, "--redact", path => RedactionRules.Parse(File.ReadAllText(path))) ?? RedactionRules.None,
            BlanksOutsideUltrasoundRegions = arguments.Has("--redact-ultrasound"),
            AcceptsBurnedIn = accepted.Contains("burned-in"),
            AcceptsVisualFeatures = accepted.Contains("visual-features"),
        };
        return Task.FromResult(Run(plan, folder, arguments, cancellation));
    }

    private static int Run(DeidentificationPlan plan, string folder, Arguments arguments, CancellationToken cancellation)
    {
        // A crafted frame brings a process of the decoder down, not the run.
        using var pool = new FrameDecoderPool(Path.Combine(AppContext.BaseDirectory, "clinicalsuite"));
        FrameDecoding.Decoder = pool;
        using var report = Read(arguments, "--report", Private);
        using var display = new ProgressDisplay(Console.Error, !Console.IsErrorRedirected, TimeProvider.System);
        var call = new DeidentifyCall(new Deidentifier(plan), folder, Console.Error.WriteLine, report, display);
        call.Run(arguments.Operands, cancellation);
        Console.Out.WriteLine($"{call.Written} objects written, {call.Redacted} of them with pixels blanked, {call.Refused} refused");
        return cancellation.IsCancellationRequested ? ExitStatus.Failed
            : call.Refused > 0 ? ExitStatus.InputRefused
            : ExitStatus.Done;
    }

    private static (DeidentificationOptions Options, string? Complaint) OptionsOf(Arguments arguments)
    {
        var options = DeidentificationOptions.None;
        foreach (var (option, table) in new[] { ("--retain", Retained), ("--clean", Cleaned) })
        {
            foreach (var word in Words(arguments, option))
            {
                var found = Array.Find(table, row => row.Name == word);
                if (found.Name is null)
                {
                    return (options, word is "visual-features" or "pixels"
                        ? $"{option} {word}: not offered; areas of pixels are blanked by --redact and --redact-ultrasound"
                        : $"{option} {word}: one of {Names(table)}");
                }

                options |= found.Option;
            }
        }

        return (options, options.HasFlag(DeidentificationOptions.RetainFullDates | DeidentificationOptions.RetainModifiedDates)
            ? "--retain full-dates or modified-dates, not both"
            : null);
    }

    private static DeidentificationKey KeyOf(Arguments arguments)
    {
        var key = Read(arguments, "--key", path => File.ReadAllBytes(path) is { Length: >= DeidentificationKey.MinimumBytes } secret
            ? new DeidentificationKey(secret)
            : throw new InvalidDataException($"a key has {DeidentificationKey.MinimumBytes} bytes or more"));
        if (key is null)
        {
            Console.Error.WriteLine("no --key: made up for this run; a later run will give other UIDs and names");
        }

        return key ?? DeidentificationKey.CreateRandom();
    }

    /// <exception cref="InvalidDataException">The file cannot be used; the message names it.</exception>
    private static T? Read<T>(Arguments arguments, string option, Func<string, T> read)
        where T : class
    {
        if (arguments.Text(option) is not { } path)
        {
            return null;
        }

        try
        {
            return read(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new InvalidDataException($"{option} {path}: {problem.Message}", problem);
        }
    }

    /// <summary>A new file for its owner's eyes alone.</summary>
    private static StreamWriter Private(string path) => new(new FileStream(path, new FileStreamOptions
    {
        Mode = FileMode.Create,
        Access = FileAccess.Write,
        UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
    }));

    private static IReadOnlyList<string> Words(Arguments arguments, string option) =>
        [.. arguments.List(option).SelectMany(words => words.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    private static string Names((string Name, DeidentificationOptions)[] table) => string.Join(", ", table.Select(row => row.Name));

    private Task<int> Misused(string complaint) => Task.FromResult(VerbSwitch.Misused(Description, complaint));
}
