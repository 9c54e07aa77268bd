using System.Globalization;
using System.Text;

namespace ClinicalSuite.Dicom.Web;

/// <summary>A media type or media range with its parameters (RFC 9110 8.3.1, 12.5.1).</summary>
public sealed class MediaType
{
    private readonly Dictionary<string, string> parameters;

    private MediaType(string name, Dictionary<string, string> parameters)
    {
        Name = name;
        this.parameters = parameters;
    }

    /// <summary>In lower case, for example <c>multipart/related</c> or <c>image/*</c>.</summary>
    public string Name { get; }

    /// <summary>The weight of a range in an Accept header; 1 where none or no number is given.</summary>
    public double Quality => this["q"] is { } text
        && double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var quality)
            ? Math.Clamp(quality, 0, 1)
            : 1;

    /// <summary>A parameter's value without its quotes, or null; names of parameters have no case.</summary>
    public string? this[string parameter] => parameters.GetValueOrDefault(parameter);

    /// <summary>The media type of the parts, of <c>multipart/related</c> (RFC 2387); of anything else its own name.</summary>
    public string Content => Name == DicomMediaTypes.Multipart ? this["type"]?.ToLowerInvariant() ?? "*/*" : Name;

    /// <summary>Null where the text is no media type.</summary>
    public static MediaType? Parse(string? text)
    {
        var types = ParseAll(text);
        return types is [var one] ? one : null;
    }

    /// <summary>The ranges of an Accept header, the most wanted first; those of no weight and no sense left out.</summary>
    public static IReadOnlyList<MediaType> ParseAccept(string? header) =>
        [.. ParseAll(header).Where(type => type.Quality > 0).OrderByDescending(type => type.Quality)];

    /// <summary>True where this range takes a media type.</summary>
    public static bool Takes(string range, string mediaType)
    {
        ArgumentNullException.ThrowIfNull(range);
        ArgumentNullException.ThrowIfNull(mediaType);
        return range == "*/*" || range == mediaType
            || (range.EndsWith("/*", StringComparison.Ordinal)
                && mediaType.StartsWith(range[..^1], StringComparison.Ordinal));
    }

    public override string ToString()
    {
        var text = new StringBuilder(Name);
        foreach (var (name, value) in parameters)
        {
            var isToken = value.Length > 0 && value.All(IsToken);
            text.Append("; ").Append(name).Append('=').Append(isToken ? value : $"\"{value}\"");
        }

        return text.ToString();
    }

    private static List<MediaType> ParseAll(string? text)
    {
        var types = new List<MediaType>();
        foreach (var entry in Split(text ?? "", ','))
        {
            var fields = Split(entry, ';');
            var name = fields[0].Trim().ToLowerInvariant();
            var slash = name.IndexOf('/', StringComparison.Ordinal);
            if (slash <= 0 || slash == name.Length - 1 || !name.Remove(slash, 1).All(IsToken))
            {
                continue;
            }

            var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (var field in fields.Skip(1))
            {
                var equals = field.IndexOf('=', StringComparison.Ordinal);
                if (equals > 0)
                {
                    parameters[field[..equals].Trim()] = Unquote(field[(equals + 1)..].Trim());
                }
            }

            types.Add(new MediaType(name, parameters));
        }

        return types;
    }

    /// <summary>Divides at a separator that is not in quotes (RFC 9110 5.6.4).</summary>
    private static List<string> Split(string text, char separator)
    {
        var parts = new List<string>();
        var (start, isQuoted) = (0, false);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (text[at] == '\\' && isQuoted)
            {
                at++;
            }
            else if (text[at] == separator && !isQuoted)
            {
                parts.Add(text[start..at]);
                start = at + 1;
            }
        }

        parts.Add(text[start..]);
        return parts;
    }

    private static string Unquote(string value)
    {
        if (value.Length < 2 || value[0] != '"' || value[^1] != '"')
        {
            return value;
        }

        var text = new StringBuilder(value.Length);
        for (var at = 1; at < value.Length - 1; at++)
        {
            at += value[at] == '\\' && at < value.Length - 2 ? 1 : 0;
            text.Append(value[at]);
        }

        return text.ToString();
    }

    /// <summary>tchar of RFC 9110 5.6.2.</summary>
    private static bool IsToken(char character) =>
        char.IsAsciiLetterOrDigit(character) || "!#$%&'*+-.^_`|~".Contains(character, StringComparison.Ordinal);
}
