using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace Parley.Server.Options;

/// <summary>A file of settings to begin with: each setting with what it does, commented out at its default.</summary>
public static class SettingsTemplate
{
    /// <summary>The file, as text that the server reads.</summary>
    /// <param name="given">Settings that stand in it with a value, by <see cref="Setting.Name"/>.</param>
    public static string Write(IReadOnlyDictionary<string, string> given)
    {
        var file = new StringBuilder();
        file.Append("// Settings of the Parley chat server. What is commented out has the value that it has anyway.\n");
        file.Append("// parley config check: whether a server would start with this file. parley reload: has a running server read it.\n{\n");
        foreach (var setting in Setting.All)
        {
            var isGiven = given.TryGetValue(setting.Name, out var value);
            file.Append(CultureInfo.InvariantCulture, $"  // {char.ToUpperInvariant(setting.Description[0])}{setting.Description[1..]}.\n");
            file.Append(CultureInfo.InvariantCulture, $"  {(isGiven ? "" : "// ")}\"{setting.JsonName}\": {Json(setting, value ?? setting.Default)},\n\n");
        }

        return file.Append("}\n").ToString();
    }

    private static string Json(Setting setting, string value) => setting.IsPlain ? value : $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value)}\"";
}
