namespace ClinicalSuite.Dicom.IO;

/// <summary>Reads preamble, file meta information and data set; also files that lack the first two.</summary>
internal static class FileParser
{
    private const int PreambleBytes = 128;

    public static DicomFile Read(DicomInput input, Stream? stream, DicomReadOptions options)
    {
        var remarks = new ReadRemarks();
        if (input.Ensure(PreambleBytes + 4) && input.Available[PreambleBytes..].StartsWith("DICM"u8))
        {
            input.Advance(PreambleBytes + 4);
        }
        else if (!input.Ensure(8))
        {
            throw new DicomFormatException("the file is too short to be DICOM", null, input.Offset);
        }
        else
        {
            remarks.Add("no preamble");
        }

        var meta = new DicomDataset();
        new DatasetParser(input, options with { KeepOnly = null }, remarks).Read(
            meta, DicomTransferSyntax.ExplicitVRLittleEndian, tag => tag.Group != 0x0002);
        if (meta.Count == 0)
        {
            remarks.Add("no file meta information");
        }

        var syntax = meta.TryGetString(DicomTag.TransferSyntaxUID, out var uid)
            ? DicomTransferSyntax.Of(uid)
            : Guess(input);
        if (uid is null)
        {
            remarks.Add($"no transfer syntax, read as {syntax}");
        }

        var dataset = new DicomDataset();
        ReadDataset(input, stream, dataset, syntax, options, remarks);
        if (dataset.Count == 0 && meta.Count == 0 && options.KeepOnly is null)
        {
            throw new DicomFormatException("no element was found", null, input.Offset);
        }

        return new DicomFile(dataset, meta, syntax, remarks.All);
    }

    public static void ReadDataset(
        DicomInput input, Stream? stream, DicomDataset dataset, DicomTransferSyntax syntax, DicomReadOptions options,
        ReadRemarks remarks)
    {
        dataset.SourceSyntax = syntax;
        Func<DicomTag, bool>? stop = options.StopBefore is { } last ? tag => tag >= last : null;
        if (!syntax.IsDeflated)
        {
            new DatasetParser(input, options, remarks).Read(dataset, syntax, stop);
            return;
        }

        using var inflated = new InflatedStream(input, stream, options);
        new DatasetParser(new DicomInput(inflated), options, remarks).Read(dataset, syntax, stop);
    }

    private static DicomTransferSyntax Guess(DicomInput input)
    {
        if (!input.Ensure(8))
        {
            return DicomTransferSyntax.ImplicitVRLittleEndian;
        }

        var bytes = input.Available;
        var isExplicit = DicomVR.Find(bytes[4], bytes[5]) is not null;
        var isBigEndian = bytes[0] == 0 && bytes[1] is > 0 and < 0x30;
        return !isExplicit ? DicomTransferSyntax.ImplicitVRLittleEndian
            : isBigEndian ? DicomTransferSyntax.ExplicitVRBigEndian
            : DicomTransferSyntax.ExplicitVRLittleEndian;
    }
}
