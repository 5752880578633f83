namespace Parley.Server.Options;

/// <summary>A setting that is another now than the one a server runs with.</summary>
/// <param name="Name">Its <see cref="Setting.Name"/>.</param>
/// <param name="From">The value that the server runs with, without a password in it.</param>
/// <param name="To">The value that is given now, without a password in it.</param>
/// <param name="IsLive">Whether a reload applies it; otherwise it waits for the next start.</param>
public sealed record SettingsChange(string Name, string From, string To, bool IsLive)
{
    /// <summary>All that differ, in the order of the settings.</summary>
    public static IReadOnlyList<SettingsChange> Between(ParleyOptions running, ParleyOptions given) =>
    [
        .. from setting in Setting.All
           let @from = setting.Get(running)
           let to = setting.Get(given)
           where !string.Equals(@from, to, StringComparison.Ordinal)
           select new SettingsChange(setting.Name, SecretText.Shown(@from), SecretText.Shown(to), setting.IsLive),
    ];
}
