using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Parley.Server.Connections;
using Parley.Server.Irc;

namespace Parley.Server.Options;

/// <summary>Puts settings together: the command line goes over the environment, the environment over parley.json.</summary>
public static class SettingsReader
{
    /// <summary>The file that is read from the current directory if it is there.</summary>
    public const string DefaultFile = "parley.json";

    /// <summary>Reads and validates all settings.</summary>
    /// <param name="commandLine">The value given for a setting's <see cref="Setting.Name"/>, or null.</param>
    /// <param name="environment">The value of a variable, or null.</param>
    /// <param name="file">A file that MUST be there; null for <see cref="DefaultFile"/>, which need not be.</param>
    /// <exception cref="SettingsException">A value is no good, or the file is. Says every setting at fault.</exception>
    public static ParleyOptions Read(Func<string, string?> commandLine, Func<string, string?> environment, string? file)
    {
        var json = ReadFile(file);
        var options = new ParleyOptions();
        List<string> errors = [.. UnknownNames(json, file ?? DefaultFile), .. NoSingleValues(json, file ?? DefaultFile)];
        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach (var setting in Setting.All)
        {
            var (source, text) = Find(setting, commandLine(setting.Name), environment)
                ?? ($"{file ?? DefaultFile}: {setting.JsonName}", json[setting.JsonName]);
            if (text is not null)
            {
                given.Add(setting.Name);
            }

            if (text is not null && setting.Set(options, text) is { } error)
            {
                errors.Add($"{source}: {error}");
            }
        }

        if (errors.Count == 0)
        {
            errors.AddRange(HalfOfTls(options, isListenerGiven: given.Contains("ircs")));
            errors.AddRange(BrokenFiles(options));
            errors.AddRange(SettingsCheck.Faults(options));
        }

        return errors.Count == 0 ? options : throw new SettingsException(errors);
    }

    /// <summary>Looks for what one setting is said to be, whatever is wrong with the others.</summary>
    /// <param name="name">Its <see cref="Setting.Name"/>.</param>
    /// <param name="commandLine">The value given for it, or null.</param>
    /// <param name="environment">The value of a variable, or null.</param>
    /// <param name="file">A file that MUST be there if it comes to that; null for <see cref="DefaultFile"/>, which need not be.</param>
    /// <returns>Where it was looked for last, and what stands there; null for nothing.</returns>
    /// <exception cref="SettingsException">The file cannot be read.</exception>
    public static (string Source, string? Text) Find(string name, string? commandLine, Func<string, string?> environment, string? file)
    {
        var setting = Setting.All.First(setting => string.Equals(setting.Name, name, StringComparison.Ordinal));
        return Find(setting, commandLine, environment)
            ?? ($"{file ?? DefaultFile}: {setting.JsonName}", ReadFile(file)[setting.JsonName]);
    }

    private static (string Source, string? Text)? Find(Setting setting, string? commandLine, Func<string, string?> environment)
        => commandLine is not null ? ("--" + setting.Name, commandLine)
            : environment(setting.EnvironmentVariable) is { Length: > 0 } variable ? (setting.EnvironmentVariable, variable)
            : null;

    /// <summary>Read as a stream: the framework's own way to find files passes over those above this directory and those that begin with a dot.</summary>
    private static IConfigurationRoot ReadFile(string? file)
    {
        var builder = new ConfigurationBuilder();
        if (file is null && !File.Exists(DefaultFile))
        {
            return builder.Build();
        }

        try
        {
            using var stream = File.OpenRead(file ?? DefaultFile);
            return builder.AddJsonStream(stream).Build();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SettingsException([$"--config: there is no file {file}"]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or FormatException or InvalidDataException)
        {
            throw new SettingsException([$"{file ?? DefaultFile}: {e.Message}"]);
        }
    }

    private static IEnumerable<string> UnknownNames(IConfigurationRoot json, string file)
        => from section in json.GetChildren()
           where !Setting.All.Any(setting => string.Equals(setting.JsonName, section.Key, StringComparison.OrdinalIgnoreCase))
           select $"{file}: {section.Key}: there is no such setting; parley serve --help lists them";

    private static IEnumerable<string> NoSingleValues(IConfigurationRoot json, string file)
        => from section in json.GetChildren()
           where section.Value is null && Setting.All.Any(setting => string.Equals(setting.JsonName, section.Key, StringComparison.OrdinalIgnoreCase))
           select $"{file}: {section.Key}: give one value, such as \"text\", 400 or true";

    private static List<string> BrokenFiles(ParleyOptions options)
    {
        Action[] loads = [() => WebIrcGateways.Load(options.Webirc), () => IrcFiles.Read(options)];
        var errors = new List<string>();
        foreach (var load in loads)
        {
            try
            {
                load();
            }
            catch (SettingsException e)
            {
                errors.AddRange(e.Errors);
            }
        }

        return errors;
    }

    private static IEnumerable<string> HalfOfTls(ParleyOptions options, bool isListenerGiven)
    {
        if (options.HasTls == ParleyOptions.IsNone(options.TlsKey))
        {
            yield return $"{(options.HasTls ? "tls-key" : "tls-certificate")}: TLS needs a certificate and its key: give both tls-certificate and tls-key, or neither";
        }
        else if (isListenerGiven && options.Ircs.EndPoint is not null && !options.HasTls)
        {
            yield return "ircs: IRC over TLS needs a certificate: give tls-certificate and tls-key, or leave it off";
        }
    }
}
