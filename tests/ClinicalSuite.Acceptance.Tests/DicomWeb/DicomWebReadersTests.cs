using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ClinicalSuite.Acceptance.Tests.Architecture;
using ClinicalSuite.Acceptance.Tests.Loop;
using ClinicalSuite.Dicom;
using ClinicalSuite.TestKit.Network;
using Xunit;

namespace ClinicalSuite.Acceptance.Tests.DicomWeb;

/// <summary>dicomweb-client and dcmjs under Node as the viewer: they store, search and read, and what came is judged here.</summary>
public sealed class DicomWebReadersTests : IDisposable
{
    private const string Token = "a-token-of-the-viewer";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("clinicalsuite-readers-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Web_viewers_store_search_and_read_frames_metadata_and_pictures_in_every_syntax()
    {
        await File.WriteAllTextAsync(At("settings.json"), JsonSerializer.Serialize(new
        {
            signIn = true,
            administratorPassword = "a long password for nobody",
            tokens = new[]
            {
                new
                {
                    name = "viewer",
                    sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Token))),
                    scopes = new[] { "read", "write" },
                },
            },
        }));
        await using var appliance = await ServingAppliance.StartAsync(At("data"), "--settings", At("settings.json"));
        var slices = new CompressedSlices("1.2.826.0.1.3680043.8.498.311.4");
        var files = slices.Write(At("series"));

        using var came = await ReadAsync(new Uri(appliance.Web, "dicom-web"), slices);

        var found = came.RootElement.GetProperty("found");
        Assert.All(["pinyin", "fuzzy", "chinese"], how => Assert.Equal(
            CompressedSlices.PatientName, Assert.Single(found.GetProperty(how).EnumerateArray()).GetProperty("name").GetString()));
        Assert.Equal("腹部增强", found.GetProperty("fuzzy")[0].GetProperty("description").GetString());
        Assert.Equal(0, found.GetProperty("nobody").GetArrayLength());
        var pages = came.RootElement.GetProperty("pages").EnumerateArray().Select(page => page.GetArrayLength());
        Assert.Equal([4, 2], pages);
        Assert.All(
            came.RootElement.GetProperty("pages").EnumerateArray().SelectMany(page => page.EnumerateArray()),
            one => Assert.Equal(CompressedSlices.Size, one.GetProperty("rows").GetInt32()));
        Assert.Equal([slices.SeriesUid], came.RootElement.GetProperty("series").EnumerateArray().Select(one => one.GetString()));
        Assert.Equal(files.Count, came.RootElement.GetProperty("study").GetArrayLength());
        for (var slice = 0; slice < files.Count; slice++)
        {
            var one = came.RootElement.GetProperty("instances").EnumerateArray()
                .Single(instance => instance.GetProperty("uid").GetString() == slices.InstanceUid(slice));
            AssertNamed(slice, one);
            AssertNamed(slice, one.GetProperty("file"));
            AssertFrames(slices, slice, one, files[slice]);
        }
    }

    private static void AssertNamed(int slice, JsonElement one)
    {
        Assert.Equal(CompressedSlices.PatientName, one.GetProperty("name").GetString());
        Assert.Equal("腹部增强", one.GetProperty("description").GetString());
        Assert.Equal(CompressedSlices.Size, one.GetProperty("rows").GetInt32());
        Assert.Equal(slice + 1, one.GetProperty("number").GetInt32());
        Assert.Equal("S1", one.GetProperty("step").GetString());
    }

    /// <summary>Native frames are the pixels from before any compression, stored ones the bytes of the file.</summary>
    private static void AssertFrames(CompressedSlices slices, int slice, JsonElement one, string path)
    {
        var half = 2 * CompressedSlices.Size * CompressedSlices.Size;
        var pixels = slices.Slice(slice).GetBytes(DicomTag.PixelData).ToArray();
        Assert.Equal([pixels[half..], pixels[..half]], Frames(one.GetProperty("native")));
        var syntax = CompressedSlices.Syntaxes[slice];
        var encoded = syntax.IsEncapsulated ? DicomPixelData.Create(DicomFile.Open(path)) : null;
        if (encoded is not null)
        {
            Assert.Equal(
                [encoded.GetEncodedFrame(0).ToArray(), encoded.GetEncodedFrame(1).ToArray()], Frames(one.GetProperty("stored")));
        }

        (string Name, DicomTransferSyntax Syntax)[] asked =
        [
            ("jls", DicomTransferSyntax.JPEGLSLossless), ("rle", DicomTransferSyntax.RLELossless),
            ("jp2", DicomTransferSyntax.JPEG2000Lossless), ("jpeg", DicomTransferSyntax.JPEGLosslessSV1),
        ];
        foreach (var (name, of) in asked)
        {
            var answer = one.GetProperty(name);
            if (of.Equals(syntax))
            {
                Assert.Equal(encoded!.GetEncodedFrame(1).ToArray(), Assert.Single(Frames(answer)));
            }
            else
            {
                Assert.Equal(406, answer.GetInt32());
            }
        }

        var either = Assert.Single(Frames(one.GetProperty("either")));
        Assert.Equal(
            syntax.Equals(DicomTransferSyntax.JPEGLSLossless) ? encoded!.GetEncodedFrame(0).ToArray() : pixels[..half], either);
        Assert.Equal([0x89, .. "PNG"u8], one.GetProperty("png").GetBytesFromBase64()[..4]);
        Assert.Equal([0, 0, 0, CompressedSlices.Size, 0, 0, 0, CompressedSlices.Size], one.GetProperty("png").GetBytesFromBase64()[16..24]);
        Assert.Equal([0xFF, 0xD8, 0xFF], one.GetProperty("rendered").GetBytesFromBase64());
        if (encoded is null)
        {
            Assert.Equal(pixels.Length, one.GetProperty("bulk").GetInt32());
        }
    }

    private static List<byte[]> Frames(JsonElement frames) => [.. frames.EnumerateArray().Select(frame => frame.GetBytesFromBase64())];

    private async Task<JsonDocument> ReadAsync(Uri root, CompressedSlices slices)
    {
        var program = Path.Combine(
            Repository.Root, "tests", "ClinicalSuite.Acceptance.Tests", "DicomWeb", "Readers", "read.mjs");
        var output = At("came.json");
        var (status, errors) = await Dcmtk.RunAsync(
            "node", program, root.AbsoluteUri, At("series"), slices.StudyUid, slices.SeriesUid, Token, output);
        Assert.True(status == 0, errors);
        return JsonDocument.Parse(await File.ReadAllBytesAsync(output));
    }

    private string At(string name) => Path.Combine(folder.FullName, name);
}
