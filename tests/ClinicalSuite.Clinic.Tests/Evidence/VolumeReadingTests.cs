using System.IO.Compression;
using ClinicalSuite.Dicom;
using ClinicalSuite.Evidence;
using ClinicalSuite.Evidence.Volumes;
using Xunit;

namespace ClinicalSuite.Clinic.Tests.Evidence;

public sealed class VolumeReadingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_series_becomes_a_volume_in_HU_sorted_by_position(int threads)
    {
        new SyntheticCt().WriteTo(_folder.File("ct"));

        var series = StudyReader.Read([_folder.File("ct")]).Studies[0].Series[0];
        var volume = VolumeReader.Read(series, threads);

        var grid = volume.Geometry;
        Assert.Equal((SyntheticCt.Columns, SyntheticCt.Rows, SyntheticCt.Slices), (grid.Columns, grid.Rows, grid.Slices));
        Assert.Equal((-171.3, -165.9, -47.5), (grid.Origin.X, grid.Origin.Y, grid.Origin.Z));
        Assert.Equal((3.75, 3.9, 5), (grid.ColumnStep.X, grid.RowStep.Y, Math.Round(grid.SliceStep.Z, 9)));
        for (var slice = 0; slice < grid.Slices; slice++)
        {
            for (var row = 0; row < grid.Rows; row++)
            {
                for (var column = 0; column < grid.Columns; column++)
                {
                    Assert.Equal(SyntheticCt.HounsfieldAt(column, row, slice), volume[column, row, slice]);
                }
            }
        }
    }

    [Theory]
    [InlineData(DicomUID.JPEG2000Lossless)]
    [InlineData(DicomUID.JPEGLSLossless)]
    [InlineData(DicomUID.JPEGLosslessSV1)]
    [InlineData(DicomUID.RLELossless)]
    public void A_compressed_series_becomes_the_volume_of_the_plain_one(string syntax)
    {
        foreach (var path in new SyntheticCt().WriteTo(_folder.File("plain")))
        {
            var target = DicomTransferSyntax.Of(syntax);
            DicomFile.Create(DicomPixelData.Encode(DicomFile.Open(path).Dataset, target), target).Save(Compressed(path));
        }

        var plain = VolumeReader.Read(StudyReader.Read([_folder.File("plain")]).Studies[0].Series[0]);
        var compressed = VolumeReader.Read(StudyReader.Read([_folder.File("compressed")]).Studies[0].Series[0], threads: 4);

        Assert.Equal(plain.Geometry, compressed.Geometry);
        Assert.True(plain.VoxelArray.AsSpan().SequenceEqual(compressed.VoxelArray));
    }

    private string Compressed(string path) =>
        Path.Combine(Directory.CreateDirectory(_folder.File("compressed")).FullName, Path.GetFileName(path));

    [Fact]
    public void Facts_of_patient_study_and_series_are_typed()
    {
        new SyntheticCt { CharacterSet = "GB18030" }.WriteTo(_folder.File("ct"));

        var study = StudyReader.Read([_folder.File("ct")]).Studies[0];

        Assert.Equal("王^小东", study.Patient.IdeographicName);
        Assert.Equal("王小东", study.Patient.DisplayName);
        Assert.Equal(new DateOnly(1970, 1, 1), study.Patient.BirthDate);
        Assert.Equal(new DateTime(2026, 1, 2, 9, 30, 0), study.Facts.Started);
        Assert.Equal("腹部增强", study.Facts.Description);
        var facts = study.Series[0].Manifest;
        Assert.Equal(["ORIGINAL", "PRIMARY", "AXIAL"], facts.ImageType);
        Assert.Equal(TimeSpan.FromSeconds(70.5), facts.ContrastStartToAcquisition);
        Assert.Equal(5, facts.SliceThicknessMm);
        Assert.Null(facts.GeometryProblem);
    }

    public static TheoryData<string, string> BadSeries => new()
    {
        { "SLICE-GAP", "gap" },
        { "DUPLICATE-POS", "duplicate" },
        { "MIXED-ORIENT", "turned" },
        { "MIXED-SIZE", "spacing" },
        { "MIXED-SIZE", "rows" },
        { "NO-GEOMETRY", "no position" },
        { "NO-GEOMETRY", "no spacing" },
        { "GANTRY-TILT", "tilt" },
        { "LOCALIZER", "localizers" },
    };

    [Theory]
    [MemberData(nameof(BadSeries))]
    public void Slices_that_form_no_volume_are_refused_by_name(string reason, string fault)
    {
        new SyntheticCt { Change = (slice, dataset) => Spoil(fault, slice, dataset) }.WriteTo(_folder.File("ct"));

        var series = StudyReader.Read([_folder.File("ct")]).Studies[0].Series[0];

        Assert.Null(series.Manifest.Geometry);
        var refusal = Assert.Throws<InputRefusedException>(() => VolumeReader.Read(series));
        Assert.Equal(reason, refusal.Reason.Value);
        Assert.NotEmpty(refusal.Cause);
    }

    [Fact]
    public void A_localizer_among_the_slices_is_left_out()
    {
        new SyntheticCt
        {
            Change = (slice, dataset) =>
            {
                if (slice == 0)
                {
                    dataset.AddOrUpdate(DicomTag.ImageType, "ORIGINAL", "PRIMARY", "LOCALIZER")
                        .AddOrUpdate(DicomTag.ImageOrientationPatient, 1, 0, 0, 0, 0, -1);
                }
            },
        }.WriteTo(_folder.File("ct"));

        var series = StudyReader.Read([_folder.File("ct")]).Studies[0].Series[0];

        Assert.Equal(SyntheticCt.Slices - 1, series.Manifest.Geometry!.Slices);
        Assert.Equal(SyntheticCt.Slices, series.Manifest.InstanceCount);
    }

    [Fact]
    public void Truncated_pixels_are_refused_with_file_tag_and_offset()
    {
        var path = new SyntheticCt().WriteTo(_folder.File("ct"))[4];
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..^5000]);
        var series = StudyReader.Read([_folder.File("ct")]).Studies[0].Series[0];

        var refusal = Assert.Throws<InputRefusedException>(() => VolumeReader.Read(series, threads: 2));

        Assert.Equal("TRUNCATED", refusal.Reason.Value);
        Assert.Contains(Path.GetFileName(path), refusal.Message, StringComparison.Ordinal);
        Assert.Contains("(7FE0,0010)", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("offset", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_file_given_by_name_is_refused_and_in_a_folder_skipped()
    {
        new SyntheticCt().WriteTo(_folder.File("ct"));
        File.WriteAllText(_folder.File("ct/readme.txt"), "not an image");

        var reading = StudyReader.Read([_folder.File("ct")]);
        var refusal = Assert.Throws<InputRefusedException>(() => StudyReader.Read([_folder.File("ct/readme.txt")]));

        Assert.Equal("NOT-DICOM", Assert.Single(reading.Skipped).Reason.Value);
        Assert.Equal("NOT-DICOM", refusal.Reason.Value);
        Assert.Equal("NO-INPUT", Assert.Throws<InputRefusedException>(
            () => StudyReader.Read([_folder.File("nowhere")])).Reason.Value);
    }

    [Fact]
    public void An_archive_is_read_in_place_and_gives_the_same_numbers()
    {
        new SyntheticCt().WriteTo(_folder.File("ct"));
        ZipFile.CreateFromDirectory(_folder.File("ct"), _folder.File("ct.zip"));

        var unpacked = VolumeReader.Read(StudyReader.Read([_folder.File("ct")]).Studies[0].Series[0]);
        var zipped = VolumeReader.Read(StudyReader.Read([_folder.File("ct.zip")]).Studies[0].Series[0], threads: 2);

        Assert.True(unpacked.Voxels.SequenceEqual(zipped.Voxels));
        var limits = new InputLimits { ArchiveBytes = 20_000 };
        Assert.Equal("TOO-LARGE", Assert.Throws<InputRefusedException>(() => VolumeReader.Read(
            StudyReader.Read([_folder.File("ct.zip")]).Studies[0].Series[0], 1, limits)).Reason.Value);
    }

    [Fact]
    public void Headers_of_an_archive_that_inflate_beyond_a_limit_are_refused_before_any_pixel_is_read()
    {
        // The header alone inflates to 4 MB from some kilobytes; the pixels are small.
        new SyntheticCt
        {
            Change = (_, image) => image.AddOrUpdate(DicomVR.OB, new DicomTag(0x0021, 0x1001), new byte[4 << 20]),
        }.WriteTo(_folder.File("ct"));
        ZipFile.CreateFromDirectory(_folder.File("ct"), _folder.File("ct.zip"));

        Assert.Equal(SyntheticCt.Slices, StudyReader.Read([_folder.File("ct.zip")]).Studies[0].Series[0].Slices.Count);
        foreach (var limits in new[] { new InputLimits { FileBytes = 1 << 20 }, new InputLimits { ArchiveBytes = 20 << 20 } })
        {
            var refusal = Assert.Throws<InputRefusedException>(() => StudyReader.Read([_folder.File("ct.zip")], limits));
            Assert.Equal("TOO-LARGE", refusal.Reason.Value);
            Assert.Contains("ct.zip", refusal.File, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_enhanced_object_has_its_frames_in_order_of_position_each_with_its_own_rescale()
    {
        DicomFile.Create(EnhancedSeries.Make(new SyntheticCt())).Save(_folder.File("enhanced.dcm"));

        var series = StudyReader.Read([_folder.File("enhanced.dcm")]).Studies[0].Series[0];
        var volume = VolumeReader.Read(series, threads: 2);

        var grid = volume.Geometry;
        Assert.Equal((SyntheticCt.Columns, SyntheticCt.Rows, SyntheticCt.Slices), (grid.Columns, grid.Rows, grid.Slices));
        Assert.Equal((-171.3, -165.9, -47.5), (grid.Origin.X, grid.Origin.Y, grid.Origin.Z));
        Assert.Equal((3.75, 3.9, 5), (grid.ColumnStep.X, grid.RowStep.Y, Math.Round(grid.SliceStep.Z, 9)));
        Assert.All(series.Slices.Index(), entry => Assert.Equal(entry.Index, EnhancedSeries.SliceOf(entry.Item.Frame)));
        for (var slice = 0; slice < grid.Slices; slice++)
        {
            for (var row = 0; row < grid.Rows; row++)
            {
                for (var column = 0; column < grid.Columns; column++)
                {
                    Assert.Equal(SyntheticCt.HounsfieldAt(column, row, slice), volume[column, row, slice]);
                }
            }
        }
    }

    [Fact]
    public void Functional_groups_that_do_not_match_the_frames_are_refused_with_their_tag()
    {
        DicomFile.Create(EnhancedSeries.Make(new SyntheticCt()).AddOrUpdate(DicomTag.NumberOfFrames, 11)).Save(_folder.File("odd.dcm"));

        var refusal = Assert.Throws<InputRefusedException>(() => StudyReader.Read([_folder.File("odd.dcm")]));

        Assert.Contains("(5200,9230)", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("12 items for 11 frames", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("120000.5E300")]
    [InlineData("093445.-5")]
    public void A_time_that_is_none_does_no_harm(string time)
    {
        new SyntheticCt { Change = (_, image) => image.AddOrUpdate(DicomTag.StudyTime, time) }.WriteTo(_folder.File("ct"));

        var started = StudyReader.Read([_folder.File("ct")]).Studies[0].Facts.Started!.Value;

        Assert.Equal(0, started.Millisecond);
    }

    [Fact]
    public void A_real_series_of_a_careless_sender_is_read()
    {
        var path = SharedData.PathOf("dicom/ct-abdomen-portal-119.zip");

        var study = StudyReader.Read([path]).Studies[0];
        var series = Assert.Single(study.Series);
        var volume = VolumeReader.Read(series, threads: 2);

        Assert.Equal("", study.Patient.Id);
        Assert.Equal("", series.FrameOfReferenceUid);
        Assert.Equal((512, 512, 119), (volume.Geometry.Columns, volume.Geometry.Rows, volume.Geometry.Slices));
        Assert.Equal(1.6, volume.Geometry.SliceStep.Z, 1e-6);
        Assert.Equal(0.742999970912933, volume.Geometry.ColumnSpacingMm, 1e-9);
        Assert.InRange(volume.Voxels.ToArray().Min(), -1100, -900);
    }

    [Fact]
    public void A_real_series_with_a_gap_is_refused_with_its_increments()
    {
        var study = StudyReader.Read([SharedData.PathOf("dicom/ct-gap")]).Studies[0];

        var (reason, cause) = study.Series[0].Manifest.GeometryProblem!.Value;

        Assert.Equal("SLICE-GAP", reason.Value);
        Assert.Contains("from 5 to 10 mm", cause, StringComparison.Ordinal);
    }

    [Fact]
    public void A_real_enhanced_multi_frame_series_is_read()
    {
        var path = SharedData.PathOf("dicom/mr-enhanced");

        var reading = StudyReader.Read([path]);

        var volumes = reading.Studies.SelectMany(study => study.Series)
            .Where(series => series.Manifest.Geometry is not null)
            .Select(series => VolumeReader.Read(series))
            .ToList();
        Assert.NotEmpty(volumes);
        Assert.All(volumes, volume => Assert.NotEqual(volume.Voxels.ToArray().Min(), volume.Voxels.ToArray().Max()));
    }

    private static void Spoil(string fault, int slice, DicomDataset dataset)
    {
        var z = (5.0 * slice) - 47.5;
        switch (fault, slice)
        {
            case ("gap", > 6):
                dataset.AddOrUpdate(DicomTag.ImagePositionPatient, -171.3, -165.9, z + 5);
                break;
            case ("duplicate", 6):
                dataset.AddOrUpdate(DicomTag.ImagePositionPatient, -171.3, -165.9, z - 5);
                break;
            case ("turned", 3):
                dataset.AddOrUpdate(DicomTag.ImageOrientationPatient, 0, 1, 0, 0, 0, -1);
                break;
            case ("spacing", 3):
                dataset.AddOrUpdate(DicomTag.PixelSpacing, 3.8, 3.75);
                break;
            case ("rows", 3):
                dataset.AddOrUpdate(DicomTag.Rows, SyntheticCt.Rows - 1);
                break;
            case ("no position", 3):
                dataset.Remove(DicomTag.ImagePositionPatient);
                break;
            case ("no spacing", _):
                dataset.Remove(DicomTag.PixelSpacing);
                break;
            case ("tilt", _):
                dataset.AddOrUpdate(DicomTag.ImagePositionPatient, -171.3, -165.9 + (slice * 0.9), z);
                break;
            case ("localizers", _):
                dataset.AddOrUpdate(DicomTag.ImageType, "ORIGINAL", "PRIMARY", "LOCALIZER");
                break;
            default:
                break;
        }
    }
}
