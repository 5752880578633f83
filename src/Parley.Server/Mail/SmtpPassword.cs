using Parley.Server.Options;

namespace Parley.Server.Mail;

/// <summary>The password of this server at the mail server, if any.</summary>
internal sealed record SmtpPassword(string? Value)
{
    /// <summary>Reads it when the server starts.</summary>
    /// <exception cref="SettingsException">The file cannot be read, or is empty.</exception>
    public static SmtpPassword Load(string file)
    {
        if (ParleyOptions.IsNone(file))
        {
            return new SmtpPassword((string?)null);
        }

        try
        {
            return File.ReadLines(file).FirstOrDefault()?.Trim() is { Length: > 0 } password
                ? new SmtpPassword(password)
                : throw new SettingsException([$"smtp-password: {file} has no password on its first line"]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new SettingsException([$"smtp-password: {file} cannot be read ({e.Message})"]);
        }
    }
}
