using System.Globalization;
using System.Text;

namespace ClinicalSuite.Hl7;

/// <summary>A segment: a name of three characters and fields numbered as the standard numbers them (MSH-1 is the separator).</summary>
public sealed class Hl7Segment
{
    // Index 0 is unused, so that fields[n] is field n.
    private readonly List<string> fields = [""];

    internal Hl7Segment(Hl7Message message, string name)
    {
        Message = message;
        Name = name;
    }

    public string Name { get; }

    internal Hl7Message Message { get; }

    /// <summary>The number of the last field present.</summary>
    public int FieldCount => fields.Count - 1;

    private bool IsHeader => Name == "MSH";

    /// <summary>Field <paramref name="number"/> (1 and up); an empty one where the segment is shorter.</summary>
    public Hl7Field this[int number]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
            var raw = number < fields.Count ? fields[number] : "";

            // MSH-1 and MSH-2 are the delimiters themselves and are neither split nor escaped.
            return IsHeader && number <= 2
                ? new Hl7Field(raw, default, Message.Encoding)
                : new Hl7Field(raw, Message.Delimiters, Message.Encoding);
        }
    }

    /// <summary>One value, unescaped; empty where it is absent. Numbers count from 1.</summary>
    public string Text(int field, int component = 1, int subComponent = 1, int repetition = 1) =>
        this[field].Text(component, subComponent, repetition);

    /// <summary>Sets a field to one value or to several components. They are text: delimiters in them are escaped.</summary>
    public Hl7Segment Set(int field, params ReadOnlySpan<string> components) => SetRaw(field, Join(components));

    /// <summary>Sets a whole number.</summary>
    public Hl7Segment Set(int field, int number) => SetRaw(field, number.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds a repetition to a field.</summary>
    public Hl7Segment Repeat(int field, params ReadOnlySpan<string> components)
    {
        var before = this[field].Raw;
        var added = Join(components);
        return SetRaw(field, before.Length == 0 ? added : before + Message.Delimiters.Repetition + added);
    }

    /// <summary>Sets a field as it is to be written: delimiters in it delimit.</summary>
    /// <exception cref="ArgumentException">A segment terminator in it, MSH-1 or MSH-2.</exception>
    public Hl7Segment SetRaw(int field, string content)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(field, IsHeader ? 3 : 1);
        if (content.AsSpan().ContainsAny('\r', '\n'))
        {
            throw new ArgumentException($"{Name}-{field}: a line end would end the segment", nameof(content));
        }

        while (fields.Count <= field)
        {
            fields.Add("");
        }

        fields[field] = content;
        if (IsHeader && field == 18)
        {
            Message.ChangeEncoding(this[18].Text());
        }

        return this;
    }

    internal void Load(ReadOnlySpan<char> line, in Hl7Delimiters delimiters)
    {
        if (IsHeader)
        {
            fields.Add(delimiters.Field.ToString());
        }

        // "PID|1|": after the name each separator opens a field.
        var rest = line.Length > 3 ? line[4..] : [];
        if (line.Length > 3)
        {
            foreach (var range in rest.Split(delimiters.Field))
            {
                fields.Add(rest[range].ToString());
            }
        }
    }

    internal void Write(StringBuilder text)
    {
        var delimiter = Message.Delimiters.Field;
        text.Append(Name);
        for (var i = IsHeader ? 2 : 1; i < fields.Count; i++)
        {
            text.Append(delimiter).Append(fields[i]);
        }

        text.Append('\r');
    }

    /// <summary>Trailing empty components are not written: v2.5.1 2.6 asks the sender to leave them out.</summary>
    private string Join(ReadOnlySpan<string> components)
    {
        var last = components.Length;
        while (last > 1 && components[last - 1].Length == 0)
        {
            last--;
        }

        var delimiters = Message.Delimiters;
        var text = new StringBuilder();
        for (var i = 0; i < last; i++)
        {
            if (i > 0)
            {
                text.Append(delimiters.Component);
            }

            text.Append(Hl7Escape.Escape(components[i], delimiters));
        }

        return text.ToString();
    }
}
