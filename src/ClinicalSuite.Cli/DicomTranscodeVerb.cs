using ClinicalSuite.Cli.CommandLine;
using ClinicalSuite.Cli.Offline;
using ClinicalSuite.Dicom;

namespace ClinicalSuite.Cli;

/// <summary>Writes DICOM files in another transfer syntax.</summary>
internal sealed class DicomTranscodeVerb : IVerb
{
    private static readonly (string Name, DicomTransferSyntax Syntax)[] Syntaxes =
    [
        ("implicit", DicomTransferSyntax.ImplicitVRLittleEndian),
        ("explicit", DicomTransferSyntax.ExplicitVRLittleEndian),
        ("deflated", DicomTransferSyntax.DeflatedExplicitVRLittleEndian),
        ("rle", DicomTransferSyntax.RLELossless),
        ("jpeg-lossless", DicomTransferSyntax.JPEGLosslessSV1),
        ("jpeg-ls", DicomTransferSyntax.JPEGLSLossless),
        ("jpeg-2000", DicomTransferSyntax.JPEG2000Lossless),
    ];

    public VerbDescription Description { get; } = new()
    {
        Name = "dicom transcode",
        Summary = "write DICOM files, folders or .zip archives in another transfer syntax, without loss",
        Operands = "INPUT...",
        MinOperands = 1,
        MaxOperands = int.MaxValue,
        Options =
        [
            Option.Text("--out", "DIR", "where the files go; made if it is not there"),
            Option.Text("--syntax", "NAME", string.Join(", ", Syntaxes.Select(row => row.Name)) + ", or the UID of one of them"),
            Option.Text("--offset-table", "KIND", "basic (default), extended or none"),
        ],
        Remarks = "Files keep their names, those of a folder or an archive their place in it. Every transfer syntax that this\n"
            + "program decodes may go in: native, RLE, JPEG (baseline, extended, lossless), JPEG-LS, JPEG 2000, HTJ2K,\n"
            + "deflated frames. Pixel values stay what they are; what an earlier lossy compression took stays marked.\n"
            + "Objects without pixel data that are to be compressed are written in Explicit VR Little Endian.\n"
            + "Exit status 0 when every object was written, 3 when one was refused: the message names file, tag and reason.",
    };

    public Task<int> Run(Arguments arguments, CancellationToken cancellation)
    {
        if (arguments.Text("--out") is not { } folder || arguments.Text("--syntax") is not { } name)
        {
            return Task.FromResult(VerbSwitch.Misused(Description, "--out DIR and --syntax NAME are needed"));
        }

        var syntax = Array.Find(Syntaxes, row => row.Name == name || row.Syntax.Uid == name).Syntax;
        if (syntax is null)
        {
            var known = DicomTransferSyntax.Of(name).Name;
            return Task.FromResult(VerbSwitch.Misused(
                Description, $"{(known == name ? name : known)} is not written: one of {string.Join(", ", Syntaxes.Select(row => row.Name))}"));
        }

        if (!Enum.TryParse<DicomOffsetTable>(arguments.Text("--offset-table") ?? "basic", ignoreCase: true, out var table)
            || !Enum.IsDefined(table))
        {
            return Task.FromResult(VerbSwitch.Misused(Description, "--offset-table is basic, extended or none"));
        }

        var call = new TranscodeCall(folder, syntax, table, Console.Error.WriteLine);
        call.Run(arguments.Operands, cancellation);
        Console.Out.WriteLine($"{call.Written} objects written in {syntax}, {call.Refused} refused");
        return Task.FromResult(cancellation.IsCancellationRequested ? ExitStatus.Failed
            : call.Refused > 0 ? ExitStatus.InputRefused
            : ExitStatus.Done);
    }
}
