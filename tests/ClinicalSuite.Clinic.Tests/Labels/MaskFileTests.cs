using ClinicalSuite.Clinic.Tests.Evidence;
using ClinicalSuite.Evidence;
using ClinicalSuite.Evidence.Arrays;
using ClinicalSuite.Evidence.Labels;
using ClinicalSuite.Evidence.Volumes;
using ClinicalSuite.Imaging;
using Xunit;

namespace ClinicalSuite.Clinic.Tests.Labels;

public sealed class MaskFileTests
{
    /// <summary>Writes the labels as NIfTI-1 as ITK-SNAP would: RAS, with an sform or a qform, turned so that columns run backwards.</summary>
    private const string WriteNifti = """
        import gzip, json, numpy as np, struct, sys
        folder, out, kind, how = sys.argv[1:5]
        a = np.load(folder + '/labels.npy').transpose(2, 1, 0); m = np.array(json.load(open(folder + '/labels.json'))['affine'])
        a = a[::-1]; m = m @ np.array([[-1, 0, 0, a.shape[0] - 1], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]])
        m = np.diag([-1, -1, 1, 1]) @ m
        h = bytearray(352); struct.pack_into('<i', h, 0, 348); struct.pack_into('<8h', h, 40, 3, *a.shape, 1, 1, 1, 1)
        code = {'uint8': 2, 'float32': 16}[kind]; struct.pack_into('<2h', h, 70, code, a.astype(kind).itemsize * 8)
        spacing = np.sqrt((m[:3, :3] ** 2).sum(0)); struct.pack_into('<4f', h, 76, 1, *spacing)
        struct.pack_into('<3f', h, 108, 352, 1, 0); h[123] = 2; h[344:348] = b'n+1\0'
        if how == 'sform':
            struct.pack_into('<h', h, 254, 1); struct.pack_into('<12f', h, 280, *m[:3].ravel())
        elif how == 'qform':
            # Axial grid: LPS to RAS with columns turned twice is a half turn about no axis or x; qfac carries the handedness.
            r = m[:3, :3] / spacing
            if np.linalg.det(r) < 0: r[:, 2] *= -1; struct.pack_into('<f', h, 76, -1)
            w = np.linalg.eigh(np.array([[r[0,0]-r[1,1]-r[2,2], r[0,1]+r[1,0], r[0,2]+r[2,0], r[2,1]-r[1,2]],
                [r[0,1]+r[1,0], r[1,1]-r[0,0]-r[2,2], r[1,2]+r[2,1], r[0,2]-r[2,0]],
                [r[0,2]+r[2,0], r[1,2]+r[2,1], r[2,2]-r[0,0]-r[1,1], r[1,0]-r[0,1]],
                [r[2,1]-r[1,2], r[0,2]-r[2,0], r[1,0]-r[0,1], r.trace()]]) / 3)[1][:, -1]
            if w[3] < 0: w = -w
            struct.pack_into('<h', h, 252, 1); struct.pack_into('<3f', h, 256, *w[:3]); struct.pack_into('<3f', h, 268, *m[:3, 3])
        open(out, 'wb').write((gzip.compress if out.endswith('.gz') else bytes)(bytes(h) + a.astype(kind).tobytes(order='F')))
        """;

    [Theory]
    [InlineData("labels.nii", "uint8", "sform")]
    [InlineData("labels.nii.gz", "float32", "qform")]
    public void The_numbers_of_a_NIfTI_label_map_lie_where_their_voxels_are(string file, string kind, string how)
    {
        Judges.SkipWithoutPython();
        using var ct = new LabelledCt();
        var path = Nifti(ct, file, kind, how);

        var segments = LabelReader.Read(path, null, ct.Series).Single().Segments;

        Assert.Equal(["1", "2", "3"], segments.Select(segment => segment.Label));
        Assert.Equal("file " + file, segments[0].SourceDescription);
        for (var number = 1; number <= 3; number++)
        {
            ct.AssertMask(segments[number - 1], (c, r, s) => SyntheticCt.LabelAt(c, r, s) == number);
        }
    }

    [Fact]
    public void A_name_takes_all_that_is_not_zero()
    {
        Judges.SkipWithoutPython();
        using var ct = new LabelledCt();

        var segment = LabelReader.Read(Nifti(ct, "labels.nii.gz", "uint8", "sform"), "liver", ct.Series).Single().Segments.Single();

        Assert.Equal("liver", segment.Label);
        ct.AssertMask(segment, (c, r, s) => SyntheticCt.LabelAt(c, r, s) != 0);
    }

    [Fact]
    public void A_NIfTI_file_that_does_not_say_where_it_lies_is_refused()
    {
        Judges.SkipWithoutPython();
        using var ct = new LabelledCt();

        var refusal = Assert.Throws<InputRefusedException>(
            () => LabelReader.Read(Nifti(ct, "labels.nii", "uint8", "none"), "liver", ct.Series));

        Assert.Equal(InputReasons.NoGeometry, refusal.Reason);
    }

    [Fact]
    public void Our_own_arrays_come_back_with_names_codes_and_what_they_include()
    {
        using var ct = new LabelledCt();
        ArrayFiles.WriteLabels(ct.Folder.Path, ct.Labels, LiverReading.Completed(ct.Labels).Segments!.Segments);

        var segments = LabelReader.Read(ct.Folder.File("labels.npy"), null, ct.Series).Single().Segments;

        Assert.Equal(["Liver", "Portal vein", "Hepatic veins"], segments.Select(segment => segment.Label));
        Assert.Equal("10200004", segments[0].Type!.Value);
        ct.AssertMask(segments[0], (c, r, s) => SyntheticCt.LabelAt(c, r, s) != 0);
        ct.AssertMask(segments[2], (c, r, s) => SyntheticCt.LabelAt(c, r, s) == 3);
    }

    [Fact]
    public void An_array_of_the_shape_of_the_series_lies_on_its_grid()
    {
        using var ct = new LabelledCt();
        ArrayFiles.WriteLabels(ct.Folder.Path, ct.Labels, []);
        File.Delete(ct.Folder.File("labels.json"));

        var segment = LabelReader.Read(ct.Folder.File("labels.npy"), "whole", ct.Series).Single().Segments.Single();

        ct.AssertMask(segment, (c, r, s) => SyntheticCt.LabelAt(c, r, s) != 0);
    }

    [Fact]
    public void An_array_of_another_shape_without_affine_is_refused()
    {
        using var ct = new LabelledCt();
        ArrayFiles.WriteLabels(ct.Folder.Path, new Volume<byte>(VolumeGeometry.Axial(3, 4, 5, 1, 1, 1, default)), []);
        File.Delete(ct.Folder.File("labels.json"));

        var refusal = Assert.Throws<InputRefusedException>(() => LabelReader.Read(ct.Folder.File("labels.npy"), "liver", ct.Series));

        Assert.Equal(InputReasons.NoGeometry, refusal.Reason);
        Assert.Contains("5 x 4 x 3", refusal.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_mask_is_refused()
    {
        using var ct = new LabelledCt();
        ArrayFiles.WriteLabels(ct.Folder.Path, new Volume<byte>(ct.Grid), []);

        var refusal = Assert.Throws<InputRefusedException>(() => LabelReader.Read(ct.Folder.File("labels.npy"), "liver", ct.Series));

        Assert.Contains("no segment holds a voxel", refusal.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void Mask_images_of_another_study_are_a_mask_once_they_are_named()
    {
        var series = StudyReader.Read([SharedData.PathOf("dicom/ct-abdomen-portal-119.zip")]).Studies[0].Series[0];
        var mask = SharedData.PathOf("dicom/ct-abdomen-portal-119-masks/liver.zip");

        Assert.Throws<InputRefusedException>(() => LabelReader.Read(mask, null, series));
        var segment = LabelReader.Read(mask, "liver", series).Single().Segments.Single();

        // Counted with pydicom: pixels that are not 0 in the 119 images.
        Assert.Equal(LiverPixels, SeriesAround.CentreOf(segment.Mask).Count);
    }

    private const long LiverPixels = 2_106_497;

    private static string Nifti(LabelledCt ct, string file, string kind, string how)
    {
        ArrayFiles.WriteLabels(ct.Folder.Path, ct.Labels, []);
        var (status, output) = Judges.Run("/usr/bin/python3", "-c", WriteNifti, ct.Folder.Path, ct.Folder.File(file), kind, how);
        Assert.True(status == 0, output);
        return ct.Folder.File(file);
    }
}
