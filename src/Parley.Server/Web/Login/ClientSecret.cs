using Parley.Server.Options;

namespace Parley.Server.Web.Login;

/// <summary>The secret that the identity provider has given to this server's page, if any.</summary>
internal sealed record ClientSecret(string? Value)
{
    /// <summary>Reads it when the server starts.</summary>
    /// <exception cref="SettingsException">The file cannot be read, or is empty.</exception>
    public static ClientSecret Load(string file)
    {
        if (ParleyOptions.IsNone(file))
        {
            return new ClientSecret((string?)null);
        }

        try
        {
            return File.ReadLines(file).FirstOrDefault()?.Trim() is { Length: > 0 } secret
                ? new ClientSecret(secret)
                : throw new SettingsException([$"oidc-secret: {file} has no secret on its first line"]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new SettingsException([$"oidc-secret: {file} cannot be read ({e.Message})"]);
        }
    }
}
