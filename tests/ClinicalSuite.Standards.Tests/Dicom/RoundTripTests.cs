using ClinicalSuite.Dicom;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace ClinicalSuite.Standards.Tests.Dicom;

public class RoundTripTests
{
    [Fact]
    public void Explicit_and_deflated_files_give_back_every_element()
    {
        Check(DicomTransferSyntax.ExplicitVRLittleEndian, keepsTypes: true);
        Check(DicomTransferSyntax.DeflatedExplicitVRLittleEndian, keepsTypes: true);
    }

    [Fact]
    public void Implicit_files_give_back_every_value() =>
        Check(DicomTransferSyntax.ImplicitVRLittleEndian, keepsTypes: false);

    private static void Check(DicomTransferSyntax syntax, bool keepsTypes)
    {
        var cases = Gen.Choose(0, int.MaxValue).SelectMany(seed => Gen.Choose(0, 40).Select(size => (seed, size)));
        Prop.ForAll(
            Arb.From(cases, pair => pair.size > 0 ? [(pair.seed, pair.size - 1)] : []),
            pair =>
            {
                var dataset = RandomDatasets.Create(pair.seed, pair.size);
                using var stream = new MemoryStream();
                DicomFile.Create(dataset, syntax).Save(stream);
                var file = DicomFile.Open(stream.ToArray());
                using var again = new MemoryStream();
                file.Save(again);
                return stream.ToArray().AsSpan().SequenceEqual(again.ToArray())
                    && (!keepsTypes || DicomJson.ToText(dataset) == DicomJson.ToText(file.Dataset));
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }
}
