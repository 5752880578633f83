using Parley.Server.Moderation;

namespace Parley.Server.Admin;

/// <summary>Commands of an administrator about bans from the server.</summary>
internal sealed class BanCommands(BanDesk desk)
{
    /// <summary>Name of an administrator who does not say whom it is.</summary>
    public const string Administrator = "administrator";

    /// <summary>Does what is asked; null if it is no command about bans.</summary>
    public async Task<AdminAnswer?> RunAsync(AdminRequest request, CancellationToken cancellationToken) => request.Command switch
    {
        "bans" => new AdminAnswer { Bans = [.. desk.List().Select(AdminBan.Of)] },
        "ban" => Answer(await desk.AddAsync(
            new BanOrder(request.Subject ?? "", request.For ?? "forever", request.Text, ByOf(request)) { IsDryRun = request.DryRun }, cancellationToken)),
        "unban" => Answer(await desk.RemoveAsync(request.Subject ?? "", ByOf(request), account: 0, cancellationToken)),
        _ => null,
    };

    private static string ByOf(AdminRequest request) => string.IsNullOrWhiteSpace(request.By) ? Administrator : request.By;

    private static AdminAnswer Answer(BanOutcome outcome)
        => outcome.Refusal is { } refusal ? AdminAnswer.Fail(refusal) : new AdminAnswer { Bans = [AdminBan.Of(outcome.Ban!)], Done = outcome.Names };
}
