using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Parley.Server.Accounts.Outside;
using Parley.Server.Connections;
using Parley.Server.Irc.Files;
using Parley.Server.Mail;
using Parley.Server.Options;
using Parley.Server.Transport.Tls;
using Parley.Server.Web.Login;

namespace Parley.Server.Hosting;

/// <summary>Puts settings together: the command line goes over the environment, the environment over parley.json.</summary>
public static class SettingsReader
{
    /// <summary>The file that is read from the current directory if it is there.</summary>
    public const string DefaultFile = "parley.json";

    /// <summary>Beginning of the names of variables that are settings.</summary>
    private const string VariablePrefix = "PARLEY_";

    /// <summary>The file of the server that a package of the system has installed.</summary>
    public const string SystemFile = "/etc/parley/parley.json";

    /// <summary>
    /// The file that a program which works beside a server reads unless told otherwise: the one in the current directory, else that of
    /// the system's server. Null for none. A server itself takes only the first unasked.
    /// </summary>
    /// <exception cref="SettingsException">That of the system's server is there, and may not be read: what it says of the server is not known.</exception>
    public static string? FindFile() => FindFile(SystemFile);

    /// <inheritdoc cref="FindFile()"/>
    /// <param name="system">The file of the system's server.</param>
    internal static string? FindFile(string system)
    {
        if (File.Exists(DefaultFile))
        {
            return null;
        }

        try
        {
            // That it is there is not known either of a file in a directory that may not be entered.
            _ = File.GetAttributes(system);
            File.OpenRead(system).Dispose();
            return system;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException([$"{system} may not be read by this user ({Environment.UserName}): do this as one who may, such as with sudo, or name another file with --config"]);
        }
    }

    /// <summary>Reads and validates all settings.</summary>
    /// <param name="commandLine">The value given for a setting's <see cref="Setting.Name"/>, or null.</param>
    /// <param name="environment">The value of a variable, or null.</param>
    /// <param name="file">A file that MUST be there; null for <see cref="DefaultFile"/>, which need not be.</param>
    /// <exception cref="SettingsException">A value is no good, or the file is. Says every setting at fault.</exception>
    public static ParleyOptions Read(Func<string, string?> commandLine, Func<string, string?> environment, string? file)
    {
        var json = ReadFile(file);
        return Read(new ParleyOptions(), json, setting => Find(setting, commandLine(setting.Name), environment), file ?? DefaultFile, _ => { });
    }

    /// <summary>The same, and tries the certificate, which a running server looks at by itself.</summary>
    /// <exception cref="SettingsException">A server would not start with these settings. Says why.</exception>
    public static ParleyOptions Check(Func<string, string?> commandLine, Func<string, string?> environment, string? file)
    {
        var options = Read(commandLine, environment, file);
        return CertificateFiles.Fault(options) is { } fault ? throw new SettingsException([fault]) : options;
    }

    /// <summary>Variables that look like settings and are none, a line for each.</summary>
    /// <param name="names">Names of all variables of the environment.</param>
    /// <remarks>They are no error: Kubernetes makes some for each service that is called parley.</remarks>
    public static IEnumerable<string> UnknownVariables(IEnumerable<string> names)
        => from name in names.Order(StringComparer.Ordinal)
           where name.StartsWith(VariablePrefix, StringComparison.Ordinal) && !Setting.All.Any(setting => setting.EnvironmentVariable == name)
           let meant = NearestName.Find(name[VariablePrefix.Length..], Setting.All.Select(setting => setting.EnvironmentVariable[VariablePrefix.Length..]))
           where meant is not null
           select $"{name}: there is no such setting, and it changes nothing; did you mean {VariablePrefix}{meant}?";

    /// <summary>The same as <see cref="Read(Func{string, string?}, Func{string, string?}, string?)"/>, and says of every setting who has said what it is.</summary>
    public static IReadOnlyList<SettingValue> Explain(Func<string, string?> commandLine, Func<string, string?> environment, string? file)
    {
        var sources = new Dictionary<string, string>(StringComparer.Ordinal);
        var options = Read(
            new ParleyOptions(),
            ReadFile(file),
            setting => Find(setting, commandLine(setting.Name), environment),
            file ?? DefaultFile,
            given => sources.Add(given.Name, given.Source));
        return [.. Setting.All.Select(setting => new SettingValue(setting, SecretText.Shown(setting.Get(options)), sources.GetValueOrDefault(setting.Name, "default")))];
    }

    /// <summary>Reads the settings of an application from its configuration, over what it has set before.</summary>
    /// <exception cref="SettingsException">A value is no good, or a name is no setting's. Says every setting at fault.</exception>
    internal static ParleyOptions Read(ParleyOptions options, IConfiguration configuration)
        => Read(options, configuration, _ => null, (configuration as IConfigurationSection)?.Path ?? "configuration", _ => { });

    private static ParleyOptions Read(
        ParleyOptions options,
        IConfiguration json,
        Func<Setting, (string Source, string? Text)?> find,
        string file,
        Action<(string Name, string Source)> onGiven)
    {
        List<string> errors = [.. UnknownNames(json, file), .. NoSingleValues(json, file)];
        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach (var setting in Setting.All)
        {
            var (source, text) = find(setting) ?? ($"{file}: {setting.JsonName}", json[setting.JsonName]);
            if (text is not null)
            {
                given.Add(setting.Name);
                onGiven((setting.Name, source));
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

    /// <summary>The same, of a program that works beside a server: in the file that <see cref="FindFile()"/> finds, if none is named and it comes to that.</summary>
    /// <exception cref="SettingsException">The file cannot be read.</exception>
    public static (string Source, string? Text) FindBeside(string name, string? commandLine, Func<string, string?> environment, string? file)
    {
        var setting = Setting.All.First(setting => string.Equals(setting.Name, name, StringComparison.Ordinal));
        return Find(setting, commandLine, environment) ?? Find(name, commandLine, environment, file ?? FindFile());
    }

    private static (string Source, string? Text)? Find(Setting setting, string? commandLine, Func<string, string?> environment)
        => commandLine is not null ? ("--" + setting.Name, commandLine)
            : environment(setting.EnvironmentVariable) is { Length: > 0 } variable ? (setting.EnvironmentVariable, variable)
            : null;

    /// <summary>Read as a stream: the framework's own way to find files passes over those above this directory and those that begin with a dot.</summary>
    private static IConfigurationRoot ReadFile(string? file)
    {
        var builder = new ConfigurationBuilder();
        if (file is { Length: 0 })
        {
            throw new SettingsException(["--config: '' will not do: give a file"]);
        }

        if (file is null && !File.Exists(DefaultFile))
        {
            return builder.Build();
        }

        try
        {
            var text = File.ReadAllBytes(file ?? DefaultFile);
            MustHaveQuotes(text, file ?? DefaultFile);
            return builder.AddJsonStream(new MemoryStream(text)).Build();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SettingsException([$"--config: there is no file {file}"]);
        }
        catch (JsonException e)
        {
            // Its own message counts lines from 0.
            var words = e.Message.Split(" LineNumber:")[0];
            throw new SettingsException([$"{file ?? DefaultFile}: line {e.LineNumber + 1}, column {e.BytePositionInLine + 1}: {words}"]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or InvalidDataException)
        {
            throw new SettingsException([$"{file ?? DefaultFile}: {e.Message}"]);
        }
    }

    /// <summary>A number for text is a slip: 5 would be a directory.</summary>
    /// <exception cref="SettingsException">There are some.</exception>
    /// <exception cref="JsonException">It is no JSON.</exception>
    private static void MustHaveQuotes(byte[] file, string name)
    {
        using var reader = new StreamReader(new MemoryStream(file));
        using var json = JsonDocument.Parse(reader.ReadToEnd(), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        if (json.RootElement.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        List<string> errors =
        [
            .. from property in json.RootElement.EnumerateObject()
               where property.Value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False
               where Setting.All.Any(setting => setting.IsText && string.Equals(setting.JsonName, property.Name, StringComparison.OrdinalIgnoreCase))
               select $"{name}: {property.Name}: {property.Value.GetRawText()} will not do: give text in quotes",
        ];
        if (errors.Count > 0)
        {
            throw new SettingsException(errors);
        }
    }

    private static IEnumerable<string> UnknownNames(IConfiguration json, string file)
        => from section in json.GetChildren()
           where !Setting.All.Any(setting => string.Equals(setting.JsonName, section.Key, StringComparison.OrdinalIgnoreCase))
           let meant = NearestName.Find(section.Key, Setting.All.Select(setting => setting.JsonName))
           select $"{file}: {section.Key}: there is no such setting; {(meant is null ? "parley serve --help lists them" : $"did you mean {meant}?")}";

    private static IEnumerable<string> NoSingleValues(IConfiguration json, string file)
        => from section in json.GetChildren()
           where section.Value is null && Setting.All.Any(setting => string.Equals(setting.JsonName, section.Key, StringComparison.OrdinalIgnoreCase))
           select $"{file}: {section.Key}: give one value, such as \"text\", 400 or true";

    private static List<string> BrokenFiles(ParleyOptions options)
    {
        Action[] loads =
        [
            () => WebIrcGateways.Load(options.Webirc), () => IrcFiles.Read(options), () => ClientSecret.Load(options.OidcSecret), () => KeyFile.Check(options), () => SmtpPassword.Load(options.SmtpPassword),
        ];
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
