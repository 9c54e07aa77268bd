using System.Globalization;
using ClinicalSuite.Cli.CommandLine;
using ClinicalSuite.Dicom;

namespace ClinicalSuite.Cli;

/// <summary>Shows what a DICOM file says.</summary>
internal sealed class DicomDumpVerb : IVerb
{
    private const int LongestText = 80;

    public VerbDescription Description { get; } = new()
    {
        Name = "dicom dump",
        Summary = "show the elements of DICOM files",
        Operands = "FILE...",
        MinOperands = 1,
        MaxOperands = int.MaxValue,
    };

    public Task<int> Run(Arguments arguments, CancellationToken cancellation)
    {
        var status = ExitStatus.Done;
        foreach (var path in arguments.Operands)
        {
            try
            {
                var file = DicomFile.Open(path);
                Console.Out.WriteLine($"# {path}: {file.TransferSyntax}");
                foreach (var remark in file.Remarks)
                {
                    Console.Out.WriteLine($"# {remark}");
                }

                Show(file.FileMetaInformation, 0);
                Show(file.Dataset, 0);
            }
            catch (Exception refusal) when (refusal is DicomFormatException or IOException)
            {
                Console.Error.WriteLine(refusal.Message.Contains(path, StringComparison.Ordinal) ? refusal.Message : $"{path}: {refusal.Message}");
                status = ExitStatus.InputRefused;
            }
        }

        return Task.FromResult(status);
    }

    private static void Show(DicomDataset dataset, int depth)
    {
        var indent = new string(' ', depth * 2);
        foreach (var element in dataset)
        {
            Console.Out.WriteLine($"{indent}{element.Tag} {element.VR} {Value(dataset, element)}  # {DicomDictionary.KeywordOf(element.Tag)}");
            if (element is DicomSequence sequence)
            {
                for (var i = 0; i < sequence.Items.Count; i++)
                {
                    Console.Out.WriteLine($"{indent}  item {i + 1}");
                    Show(sequence.Items[i], depth + 2);
                }
            }
        }
    }

    private static string Value(DicomDataset dataset, DicomElement element)
    {
        if (element is DicomSequence sequence)
        {
            return $"{sequence.Items.Count} items";
        }

        if (element is DicomFragmentSequence fragments)
        {
            return $"{fragments.Fragments.Count} fragments";
        }

        return element.VR.Code switch
        {
            "OB" or "OW" or "OF" or "OD" or "OL" or "OV" or "UN" => $"{element.Length} bytes",
            "US" or "SS" or "UL" or "SL" => Join(dataset.GetInts(element.Tag).Select(n => n.ToString(CultureInfo.InvariantCulture))),
            "FL" or "FD" => Join(dataset.GetDoubles(element.Tag).Select(n => n.ToString(CultureInfo.InvariantCulture))),
            _ => "[" + Join(dataset.GetStrings(element.Tag)) + "]",
        };
    }

    private static string Join(IEnumerable<string> values)
    {
        var text = string.Join('\\', values);
        return text.Length <= LongestText ? text : text[..LongestText] + "...";
    }
}
