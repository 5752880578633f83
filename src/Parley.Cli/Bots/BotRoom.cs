namespace Parley.Cli.Bots;

/// <summary>The bots that are in one room, so all that each of them has to hear.</summary>
internal sealed class BotRoom
{
    private readonly Dictionary<string, int> _byName = new(StringComparer.OrdinalIgnoreCase);

    public BotRoom(IReadOnlyList<Bot> bots)
    {
        Bots = bots;
        for (int i = 0; i < bots.Count; i++)
        {
            _byName.Add(bots[i].Name, i);
        }
    }

    public IReadOnlyList<Bot> Bots { get; }

    /// <summary>How many lines they have said.</summary>
    public long Said => Bots.Sum(bot => bot.Said);

    /// <summary>How often one of them has heard one of their lines.</summary>
    public long Heard => Bots.Sum(bot => bot.Heard.Received);

    /// <summary>Lines said that one of them has not heard; once for each who has not.</summary>
    public long Missing => Bots.Sum(bot => bot.MissingOf(this));

    public int? IndexOf(string name) => _byName.TryGetValue(name, out int index) ? index : null;
}
