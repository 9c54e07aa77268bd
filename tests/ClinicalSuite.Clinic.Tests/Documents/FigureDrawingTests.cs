using System.Text;
using ClinicalSuite.Evidence.Drawing;
using ClinicalSuite.Findings;
using Xunit;

namespace ClinicalSuite.Clinic.Tests.Documents;

public sealed class FigureDrawingTests
{
    [Fact]
    public void The_window_maps_low_to_black_high_to_white_and_a_missing_value_to_black()
    {
        var figure = SampleFigures.Of(4, 1, [-100f, 300f, 100f, float.NaN], low: -100, high: 300);
        Assert.Equal(new byte[] { 0, 0, 0, 255, 255, 255, 128, 128, 128, 0, 0, 0 }, FigureDrawing.Compose(figure).Pixels);
    }

    [Fact]
    public void An_overlay_covers_by_its_opacity()
    {
        var figure = SampleFigures.Of(3, 1, [0f, 0f, 100f], low: 0, high: 100) with
        {
            Overlays = [new FigureOverlay("vessel", new Rgb(200, 100, 0), [0, 255, 51])],
        };

        // 51 of 255 is a fifth: 0.8 * 255 + 0.2 * (200, 100, 0).
        Assert.Equal(new byte[] { 0, 0, 0, 200, 100, 0, 244, 224, 204 }, FigureDrawing.Compose(figure).Pixels);
    }

    [Fact]
    public void Equal_figures_give_equal_pictures_in_both_languages()
    {
        foreach (var figure in new[] { SampleFigures.LiverCoronal(), SampleFigures.LiverCoronalChinese() })
        {
            var first = FigureDrawing.Png(figure, 900, "research use; not clinically validated");
            var second = FigureDrawing.Png(figure, 900, "research use; not clinically validated");
            Assert.Equal(first, second);
            Peer.Keep(figure.Name + (figure.Title.Any(c => c > 0x3000) ? "-zh" : "-en") + ".png", first);
        }
    }

    [Fact]
    public void The_picture_keeps_the_proportions_of_the_patient()
    {
        var figure = SampleFigures.Of(100, 50, new float[5000], 0, 1) with { PixelSizeMm = (0.5, 2.0) };
        Assert.Equal(2.0, FigureDrawing.Proportion(figure), 12);
    }

    [Fact]
    public void A_character_that_no_font_has_is_drawn_as_its_code()
    {
        // U+10FFFD is no character and never will be one.
        using var canvas = Canvas.Picture(400, 40);
        using var escaped = canvas.Layout("liver \U0010FFFD\U0010FFFD", new TextStyle(12, new Rgb(0, 0, 0)));
        using var spelled = canvas.Layout("liver [U+10FFFD][U+10FFFD]", new TextStyle(12, new Rgb(0, 0, 0)));

        Assert.Equal([new Rune(0x10FFFD)], escaped.EscapedCharacters);
        Assert.Equal(spelled.Width, escaped.Width);
        Assert.Equal([new Rune(0x10FFFD)], canvas.EscapedCharacters);
        Assert.Empty(spelled.EscapedCharacters);
    }
}
