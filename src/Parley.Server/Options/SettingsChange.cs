using System.Globalization;

namespace Parley.Server.Options;

/// <summary>A setting that is another now than the one a server runs with.</summary>
/// <param name="Name">Its <see cref="Setting.Name"/>.</param>
/// <param name="From">The value that the server runs with, without a password in it.</param>
/// <param name="To">The value that is given now, without a password in it.</param>
/// <param name="IsLive">Whether a reload applies it; otherwise it waits for the next start.</param>
public sealed record SettingsChange(string Name, string From, string To, bool IsLive)
{
    private static readonly Dictionary<string, string> Deleting = new(StringComparer.Ordinal)
    {
        ["history-days"] = "messages are kept for a shorter time: older ones are deleted",
        ["history-messages"] = "fewer messages are kept: older ones are deleted",
        ["history-megabytes"] = "history may take up less room: if it has more already, no more messages are kept",
    };

    /// <summary>The loss that it brings, in words; null for none.</summary>
    public string? Loss { get; init; }

    /// <summary>All that differ, in the order of the settings.</summary>
    public static IReadOnlyList<SettingsChange> Between(ParleyOptions running, ParleyOptions given) =>
    [
        .. from setting in Setting.All
           let @from = setting.Get(running)
           let to = setting.Get(given)
           where !string.Equals(@from, to, StringComparison.Ordinal)
           select new SettingsChange(setting.Name, SecretText.Shown(@from), SecretText.Shown(to), setting.IsLive) { Loss = LossOf(setting.Name, @from, to) },
    ];

    private static string? LossOf(string name, string from, string to)
        => Deleting.TryGetValue(name, out var loss) && LimitOf(to) < LimitOf(from) ? loss : null;

    /// <summary>Zero is no limit.</summary>
    private static int LimitOf(string value) => int.TryParse(value, CultureInfo.InvariantCulture, out var limit) && limit > 0 ? limit : int.MaxValue;
}
