using Parley.Cli.Load;

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

    /// <summary>Number of lines that the bots in the room have said.</summary>
    public long Said => Bots.Sum(bot => bot.Said);

    /// <summary>Bots that heard the lines of the room in another order than most of those who heard all of them, once.</summary>
    public int OtherOrder => DeliveryCheck.CountOfAnotherOrder(Bots
        .Where(bot => bot.Failure is null && bot.Heard.Duplicated == 0 && bot.MissingOf(this) == 0)
        .Select(bot => bot.Heard));

    public int? IndexOf(string name) => _byName.TryGetValue(name, out int index) ? index : null;
}
