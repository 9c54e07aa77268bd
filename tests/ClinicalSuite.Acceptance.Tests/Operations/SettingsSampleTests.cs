using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using ClinicalSuite.Acceptance.Tests.Architecture;
using ClinicalSuite.Server.Settings;
using Xunit;

namespace ClinicalSuite.Acceptance.Tests.Operations;

/// <summary><c>deploy/clinicalsuite.json</c> explains each setting and changes none.</summary>
public sealed partial class SettingsSampleTests
{
    private static readonly string Sample = Path.Combine(Repository.Root, "deploy", "clinicalsuite.json");

    [Fact]
    public void The_sample_of_the_settings_has_the_defaults()
    {
        var defaults = new ApplianceSettings { DataFolder = "clinicalsuite-data" };

        var (settings, complaint) = SettingsFile.Read(Sample).Over(defaults);

        Assert.Null(complaint);
        Assert.Equal(JsonSerializer.Serialize(Plain(defaults)), JsonSerializer.Serialize(Plain(settings!)));
    }

    [Fact]
    public void The_sample_of_the_settings_names_each_setting()
    {
        var known = typeof(SettingsFile).GetProperties().Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)).Order();
        var named = NamedSetting().Matches(File.ReadAllText(Sample)).Select(match => match.Groups[1].Value).Order();

        Assert.Equal(known, named);
    }

    /// <summary>Values as text, settings within settings likewise: addresses, sets and lists have no equality of their own.</summary>
    private static SortedDictionary<string, string> Plain(object settings) => new(settings.GetType()
        .GetProperties(BindingFlags.Instance | BindingFlags.Public)
        .Where(p => p.GetIndexParameters().Length == 0)
        .ToDictionary(p => p.Name, p => Text(p.GetValue(settings))));

    private static string Text(object? value) => value switch
    {
        null => "",
        string text => text,
        System.Collections.IEnumerable many => string.Join(',', many.Cast<object>().Select(Text).Order()),
        _ when value.GetType() is { IsClass: true, Namespace: { } space } && space.StartsWith(nameof(ClinicalSuite), StringComparison.Ordinal) =>
            JsonSerializer.Serialize(Plain(value)),
        _ => value.ToString() ?? "",
    };

    /// <summary>A name at the first level, commented out or not.</summary>
    [GeneratedRegex("""^  (?:// )?"(\w+)":""", RegexOptions.Multiline)]
    private static partial Regex NamedSetting();
}
