using System.Buffers.Text;
using System.Text;
using Parley.Server.Web.Login;

namespace Parley.Fuzz.Targets;

/// <summary>The cookie of the page's log-in: what a browser sends back, whoever has written it.</summary>
internal static class LoginTargets
{
    private const string Purpose = "begun";
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly SealedText Seal = new(TimeProvider.System);

    public static IReadOnlyList<FuzzTarget> All { get; } = [new("login-cookie", Cookie, typeof(SealedText), typeof(PendingLogin))];

    private static void Cookie(ReadOnlyMemory<byte> input)
    {
        var text = Encoding.UTF8.GetString(input.Span);
        FuzzTarget.Require(Seal.Open(Purpose, text) is null, "Nothing opens that this server has not sealed");
        FuzzTarget.Require(Seal.Open(Purpose, Base64Url.EncodeToString(input.Span)) is null, "Nor does it as bytes");

        var cookie = Seal.Seal(Purpose, text, Minute);
        FuzzTarget.Require(string.Equals(Seal.Open(Purpose, cookie), text, StringComparison.Ordinal), "What was sealed opens as it was");
        FuzzTarget.Require(Seal.Open("ended", cookie) is null, "It opens for its purpose alone");
        FuzzTarget.Require(Seal.Open(Purpose, Seal.Seal(Purpose, text, TimeSpan.Zero)) is null, "It opens for its time alone");
        FuzzTarget.Require(Seal.Open(Purpose, Changed(cookie, input.Span)) is null, "What was changed opens for nothing");

        if (PendingLogin.TryParse(text, out var pending))
        {
            FuzzTarget.Require(string.Equals(pending.ToString(), text, StringComparison.Ordinal), "A log-in that was begun is the text that it was read from");
            FuzzTarget.Require(pending is { State.Length: > 0, Nonce.Length: > 0, Verifier.Length: > 0 }, "It lacks nothing");
        }
    }

    /// <summary>The cookie with one of its bits turned over, which the input chooses.</summary>
    private static string Changed(string cookie, ReadOnlySpan<byte> input)
    {
        var bytes = Base64Url.DecodeFromChars(cookie);
        var place = input.Length == 0 ? 0 : ((input[0] << 8) | input[^1]) % (bytes.Length * 8);
        bytes[place / 8] ^= (byte)(1 << (place % 8));
        return Base64Url.EncodeToString(bytes);
    }
}
