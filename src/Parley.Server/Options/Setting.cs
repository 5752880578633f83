using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace Parley.Server.Options;

/// <summary>One setting: its names, its default, and how its value is read from text.</summary>
public sealed class Setting
{
    /// <summary>Longer than anybody waits, and less than the least of what timers can hold.</summary>
    private const int MaxTimeHours = 24;

    /// <summary>As long as one part of a host's name may be; it leaves room for the rest of every line that it begins.</summary>
    private const int MaxWordLength = 63;

    private readonly PropertyInfo _property;
    private readonly SettingAttribute _attribute;

    private Setting(PropertyInfo property, SettingAttribute attribute, ParleyOptions defaults)
    {
        _property = property;
        _attribute = attribute;
        JsonName = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
        Name = JsonNamingPolicy.KebabCaseLower.ConvertName(property.Name);
        EnvironmentVariable = "PARLEY_" + JsonNamingPolicy.SnakeCaseUpper.ConvertName(property.Name);
        Default = Format(property.GetValue(defaults)!);
    }

    /// <summary>All settings, in the order in which <see cref="ParleyOptions"/> declares them.</summary>
    public static IReadOnlyList<Setting> All { get; } = Find();

    /// <summary>The name on the command line, without the dashes.</summary>
    public string Name { get; }

    /// <summary>The name in the environment.</summary>
    public string EnvironmentVariable { get; }

    /// <summary>The name in parley.json.</summary>
    public string JsonName { get; }

    /// <summary>Description of the setting in a phrase.</summary>
    public string Description => _attribute.Description;

    /// <summary>The default, in the form that is read.</summary>
    public string Default { get; }

    /// <summary>Placeholder for the value in <c>--help</c>.</summary>
    public string Placeholder => _attribute.Placeholder ?? ValueType switch
    {
        var type when type == typeof(ListenAddress) => "HOST:PORT|off",
        var type when type == typeof(TimeSpan) => "TIME",
        var type when type == typeof(OtlpTarget) => "URL|environment|off",
        var type when type == typeof(bool) => "true|false",
        { IsEnum: true } type => string.Join('|', Enum.GetNames(type)),
        _ => "N",
    };

    /// <summary>True if a reload applies it; otherwise it waits for the next start.</summary>
    public bool IsLive => _attribute.IsLive;

    /// <summary>True if it says where to listen.</summary>
    public bool IsListener => ValueType == typeof(ListenAddress);

    /// <summary>True if JSON has the value without quotes: numbers and flags.</summary>
    internal bool IsPlain => ValueType == typeof(int) || ValueType == typeof(double) || ValueType == typeof(bool);

    /// <summary>True if it is text of any form, which JSON has in quotes alone.</summary>
    internal bool IsText => ValueType == typeof(string);

    /// <summary>Its value, as it is written.</summary>
    public string Get(ParleyOptions options) => Format(_property.GetValue(options)!);

    /// <summary>Takes its value over from other settings.</summary>
    internal void Copy(ParleyOptions from, ParleyOptions to) => _property.SetValue(to, _property.GetValue(from));

    /// <summary>The property of <see cref="ParleyOptions"/> that it is.</summary>
    internal string PropertyName => _property.Name;

    private Type ValueType => _property.PropertyType;

    /// <summary>Sets it from text. If the text is no good, says what would be, and changes nothing.</summary>
    /// <returns>Null, or what is wrong.</returns>
    public string? Set(ParleyOptions options, string text)
    {
        object? value;
        string expected;
        switch (ValueType)
        {
            case var type when type == typeof(ListenAddress):
                value = ListenAddress.TryParse(text, out var address) ? address : null;
                expected = "HOST:PORT such as 127.0.0.1:42069 or *:42069, or off";
                break;
            case var type when type == typeof(NetworkList):
                value = NetworkList.TryParse(text, out var networks) ? networks : null;
                expected = "addresses and networks such as 192.0.2.1,2001:db8::/32, or none";
                break;
            case var type when type == typeof(TimeSpan):
                value = TryParseTime(text) is { } time && time.TotalMilliseconds >= _attribute.Min ? time : null;
                expected = $"a time such as 500ms, 30s or 2m, {(_attribute.Min > 0 ? "above 0 and " : "")}{MaxTimeHours}h at most";
                break;
            case var type when type == typeof(OtlpTarget):
                value = OtlpTarget.TryParse(text, out var target) ? target : null;
                expected = "a URL such as http://127.0.0.1:4318, or environment, or off";
                break;
            case var type when type == typeof(double):
                value = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share)
                    && share >= _attribute.Min && share <= _attribute.Max ? share : null;
                expected = $"a number from {_attribute.Min} to {_attribute.Max}, such as 0.01";
                break;
            case var type when type == typeof(bool):
                value = text.ToUpperInvariant() switch { "TRUE" or "ON" => true, "FALSE" or "OFF" => false, _ => null };
                expected = "true or false, or on or off";
                break;
            // Metrics were once on or off, to everybody.
            case var type when type == typeof(HttpAccess) && text.ToUpperInvariant() is "TRUE" or "ON" or "FALSE":
                value = text.Equals("false", StringComparison.OrdinalIgnoreCase) ? HttpAccess.Off : HttpAccess.Open;
                expected = "";
                break;
            case { IsEnum: true } type:
                value = Enum.GetNames(type).Contains(text, StringComparer.OrdinalIgnoreCase) ? Enum.Parse(type, text, ignoreCase: true) : null;
                expected = "one of " + string.Join(", ", Enum.GetNames(type));
                break;
            case var type when type == typeof(int):
                value = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    && number >= _attribute.Min && number <= _attribute.Max ? number : null;
                expected = _attribute.Max == int.MaxValue
                    ? $"a whole number from {_attribute.Min} up"
                    : $"a whole number from {_attribute.Min} to {_attribute.Max}";
                break;
            default:
                // Empty is a value only where it is the default; elsewhere something is missing.
                value = (_attribute.IsWord ? IsWord(text) : text.Length > 0 || Default.Length == 0) ? text : null;
                expected = _attribute.IsWord ? $"one word of 1 to {MaxWordLength} letters, digits, '.', '-' and '_'" : Placeholder;
                break;
        }

        if (value is null)
        {
            return $"'{text}' will not do: give {expected}";
        }

        _property.SetValue(options, value);
        return null;
    }

    private static bool IsWord(string text)
        => text.Length is > 0 and <= MaxWordLength && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_');

    private static List<Setting> Find()
    {
        var defaults = new ParleyOptions();
        return [.. from property in typeof(ParleyOptions).GetProperties()
                   let attribute = property.GetCustomAttribute<SettingAttribute>()
                   where attribute is not null
                   select new Setting(property, attribute, defaults)];
    }

    private static string Format(object value) => value switch
    {
        TimeSpan time when time.TotalMinutes % 60 == 0 && time > TimeSpan.Zero => FormattableString.Invariant($"{time.TotalHours}h"),
        TimeSpan time when time.TotalSeconds % 60 == 0 && time > TimeSpan.Zero => FormattableString.Invariant($"{time.TotalMinutes}m"),
        TimeSpan time => FormattableString.Invariant($"{time.TotalSeconds}s"),
        bool flag => flag ? "true" : "false",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static TimeSpan? TryParseTime(string text)
    {
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        if (!int.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        var unit = text[digits..] switch
        {
            "ms" => TimeSpan.TicksPerMillisecond,
            "" or "s" => TimeSpan.TicksPerSecond,
            "m" => TimeSpan.TicksPerMinute,
            "h" => TimeSpan.TicksPerHour,
            _ => long.MaxValue,
        };
        return number <= MaxTimeHours * TimeSpan.TicksPerHour / unit ? TimeSpan.FromTicks(number * unit) : null;
    }
}
