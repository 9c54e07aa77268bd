using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace ClinicalSuite.Server.Texts;

/// <summary>
/// Moments in the appliance's own time zone, each with its distance from UTC in the tooltip and the ISO 8601 form for machines.
/// </summary>
public static class Moments
{
    /// <summary>The zone that all pages state, e.g. <c>Asia/Shanghai, UTC+08:00</c>.</summary>
    public static string Zone(DateTime utc) =>
        TimeZoneInfo.Local.Id is "UTC" or "Etc/UTC" ? "UTC" : $"{TimeZoneInfo.Local.Id}, {Offset(utc)}";

    /// <summary>Day and time to the second.</summary>
    public static IHtmlContent Full(DateTime utc) => new Moment(utc, "yyyy-MM-dd HH:mm:ss");

    /// <summary>Time to the tenth of a second, for the lines under a day.</summary>
    public static IHtmlContent Clock(DateTime utc) => new Moment(utc, "HH:mm:ss.f");

    /// <summary>The day with the distance from UTC.</summary>
    public static string Day(DateTime utc) => $"{Local(utc):yyyy-MM-dd} ({Offset(utc)})";

    private static DateTimeOffset Local(DateTime utc) =>
        TimeZoneInfo.ConvertTime(new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)), TimeZoneInfo.Local);

    private static string Offset(DateTime utc) => "UTC" + Local(utc).ToString("zzz", CultureInfo.InvariantCulture);

    private sealed record Moment(DateTime Utc, string Format) : IHtmlContent
    {
        public void WriteTo(TextWriter writer, HtmlEncoder encoder)
        {
            var local = Local(Utc);
            var exact = local.ToString("yyyy-MM-dd HH:mm:ss.fff ", CultureInfo.InvariantCulture) + Offset(Utc);
            writer.Write($"<time datetime=\"{local.ToString("O", CultureInfo.InvariantCulture)}\" title=\"{exact}\">");
            writer.Write(local.ToString(Format, CultureInfo.InvariantCulture));
            writer.Write("</time>");
        }
    }
}
