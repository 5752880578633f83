namespace Parley.Cli.Bots;

/// <summary>The bots of one kind, with the room that they share, maybe with others.</summary>
internal sealed record BotGroup(BotGroupOptions Options, IReadOnlyList<Bot> Bots, BotRoom Room)
{
    /// <summary>Returns the current counts of the group.</summary>
    public BotsCount Count()
    {
        var count = new BotsCount { Bots = Bots.Count };
        long said = Room.Said;
        foreach (Bot bot in Bots)
        {
            long heard = bot.Heard.Received;
            long missing = bot.MissingOf(Room);
            count += new BotsCount
            {
                Sent = bot.Said,
                BytesSent = bot.Traffic.BytesSent,
                Received = heard,
                Expected = bot.Failure is null ? said : heard + missing,
                BytesReceived = bot.Traffic.BytesReceived,
                Missing = missing,
                Reordered = bot.Heard.Reordered,
                Duplicated = bot.Heard.Duplicated,
                ToldDropped = bot.Heard.ToldDropped,
                Foreign = bot.Heard.Foreign,
            };
        }

        return count;
    }
}
