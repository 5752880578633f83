using Parley.Core.Moderation;

namespace Parley.Server.Admin;

/// <summary>A ban from the server.</summary>
/// <param name="Kind">Kind of the subject: <c>account</c>, <c>guest</c>, <c>network</c> or <c>mask</c>.</param>
/// <param name="Subject">Whom it is about.</param>
/// <param name="Until">Its end, UTC; null for a ban that lasts until it is lifted.</param>
/// <param name="Reason">What the banned person is told; may be empty.</param>
/// <param name="By">Name of whoever made it.</param>
/// <param name="Made">When it was made, UTC.</param>
public sealed record AdminBan(string Kind, string Subject, DateTimeOffset? Until, string Reason, string By, DateTimeOffset Made)
{
    internal static AdminBan Of(Ban ban) => new(ban.Subject.Kind switch
    {
        BanKind.Account => "account",
        BanKind.Guest => "guest",
        BanKind.Network => "network",
        _ => "mask",
    }, ban.Subject.Text, ban.Until, ban.Reason, ban.By, ban.Made);
}
