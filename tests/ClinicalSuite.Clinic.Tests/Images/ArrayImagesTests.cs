using ClinicalSuite.Clinic.Tests.Evidence;
using ClinicalSuite.Dicom;
using ClinicalSuite.Evidence;
using ClinicalSuite.Evidence.Arrays;
using ClinicalSuite.Evidence.Images;
using ClinicalSuite.Evidence.Volumes;
using ClinicalSuite.Findings;
using ClinicalSuite.Imaging;
using Xunit;

namespace ClinicalSuite.Clinic.Tests.Images;

public sealed class ArrayImagesTests : IDisposable
{
    // Columns to the right and rows to the back: a turned patient, slices up.
    private static readonly VolumeGeometry Grid = new(
        5, 4, 3, new Point3(12.5, -7.25, 100), new Point3(-0.75, 0, 0), new Point3(0, -0.8, 0), new Point3(0, 0, 1.6));

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Whole_HU_come_back_as_they_were_in_the_same_place()
    {
        var image = Volume((c, r, s) => (c * 100) + (r * 10) + s - 1024);

        var back = ReadBack(Convert(image));

        Assert.Equal(image.VoxelArray, back.Image.VoxelArray);
        Assert.Equal(0, (Grid.ToPatient(4, 3, 2) - back.Image.Geometry.ToPatient(4, 3, 2)).Length, 1e-6);
    }

    [Fact]
    public void Fractions_of_HU_come_back_within_half_a_step_of_their_range()
    {
        var image = Volume((c, r, s) => (c * 400.123f) - (r * 37.77f) + (s * 0.31f) - 900.5f);
        var range = image.VoxelArray.Max() - image.VoxelArray.Min();

        var back = ReadBack(Convert(image)).Image;

        // 16 bits; the step is rounded up in its sixth digit, and the numbers are float32.
        var most = (range / 65535 * 0.5001) + 1e-4;
        Assert.All(image.VoxelArray.Zip(back.VoxelArray), pair => Assert.Equal(pair.First, pair.Second, most));
    }

    [Fact]
    public void A_context_lends_patient_study_and_frame_of_reference()
    {
        var lender = new SyntheticCt().WriteTo(_folder.File("ct"))[0];
        var lent = DicomFile.Open(lender).Dataset;

        var (study, series) = Study(Convert(Volume((c, r, s) => c), lender));

        Assert.Equal(lent.GetString(DicomTag.StudyInstanceUID), study.Facts.StudyUid);
        Assert.Equal(("P0001", "王^小东"), (study.Patient.Id, study.Patient.IdeographicName));
        Assert.Equal(lent.GetString(DicomTag.FrameOfReferenceUID), series.FrameOfReferenceUid);
        Assert.NotEqual(lent.GetString(DicomTag.SeriesInstanceUID), series.Manifest.SeriesUid);
    }

    [Fact]
    public void Without_a_context_nobody_is_named_and_the_same_array_gives_the_same_objects()
    {
        var paths = Convert(Volume((c, r, s) => c));
        var first = paths.Select(File.ReadAllBytes).ToList();

        Assert.Equal(first, Convert(Volume((c, r, s) => c)).Select(File.ReadAllBytes));
        var (study, _) = Study(paths);
        Assert.Equal(("", "", "UNIDENTIFIED"), (study.Patient.Id, study.Patient.AlphabeticName, study.Facts.Description));
    }

    [Fact]
    public void The_images_are_accepted_by_the_judges()
    {
        Judges.SkipWhereAbsent();
        var lender = new SyntheticCt().WriteTo(_folder.File("ct"))[0];

        Assert.Empty(Judges.Errors(Convert(Volume((c, r, s) => c), lender)[0], DicomUID.CTImageStorage));
        Assert.Empty(Judges.Errors(Convert(Volume((c, r, s) => c))[0], DicomUID.CTImageStorage));
    }

    [Fact]
    public void An_array_that_does_not_say_where_it_lies_or_is_askew_is_refused()
    {
        var skewed = new VolumeGeometry(5, 4, 3, default, new Point3(1, 0, 0), new Point3(0, 1, 0), new Point3(0.3, 0, 1));
        Assert.Equal(InputReasons.GantryTilt, Refusal(() => Convert(new Volume<float>(skewed))).Reason);

        Convert(Volume((c, r, s) => c));
        File.Delete(_folder.File("image.json"));
        Assert.Equal(InputReasons.NoGeometry, Refusal(() => ArrayImages.Write(_folder.File("image.npy"), null, _folder.Path)).Reason);
    }

    public void Dispose() => _folder.Dispose();

    private static Volume<float> Volume(Func<int, int, int, float> at)
    {
        var volume = new Volume<float>(Grid);
        for (var index = 0; index < Grid.VoxelCount; index++)
        {
            volume.VoxelArray[index] = at(index % 5, index / 5 % 4, index / 20);
        }

        return volume;
    }

    private IReadOnlyList<string> Convert(Volume<float> image, string? context = null)
    {
        ArrayFiles.Write(_folder.Path, "image", image, Units.Hounsfield);
        return ArrayImages.Write(_folder.File("image.npy"), context, _folder.File("converted"));
    }

    private static (SourceStudy Study, SourceSeries Series) Study(IReadOnlyList<string> paths)
    {
        var study = StudyReader.Read(paths).Studies.Single();
        return (study, study.Series.Single());
    }

    private static ImageSeries ReadBack(IReadOnlyList<string> paths) => VolumeReader.ReadSeries(Study(paths).Series);

    private static InputRefusedException Refusal(Action action) => Assert.Throws<InputRefusedException>(action);
}
