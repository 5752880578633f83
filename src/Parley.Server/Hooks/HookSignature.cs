using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Parley.Server.Hooks;

/// <summary>
/// Says in a header who has sent something, and when: <c>t=SECONDS,v1=HEX</c>, where HEX is the HMAC-SHA256, under the hook's
/// secret, of the seconds since 1970 as they stand there, a full stop, and the body.
/// </summary>
public static class HookSignature
{
    /// <summary>The header.</summary>
    public const string Header = "Parley-Signature";

    /// <summary>The header's value.</summary>
    public static string Of(ReadOnlySpan<byte> body, string secret, DateTimeOffset time)
    {
        var seconds = time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"t={seconds},v1={Convert.ToHexStringLower(Mac(seconds, body, secret))}";
    }

    /// <summary>True if a header's value is right for a body, and not older, or newer, than it may be.</summary>
    public static bool IsValid(string value, ReadOnlySpan<byte> body, string secret, DateTimeOffset now, TimeSpan tolerance)
    {
        var parts = value.Split(',');
        if (parts is not [['t', '=', .. var seconds], ['v', '1', '=', .. var hex]]
            || !long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var time)
            || Math.Abs(now.ToUnixTimeSeconds() - time) > tolerance.TotalSeconds)
        {
            return false;
        }

        // In constant time, so that nobody can find it out byte by byte.
        return CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(hex), Encoding.ASCII.GetBytes(Convert.ToHexStringLower(Mac(seconds, body, secret))));
    }

    private static byte[] Mac(string seconds, ReadOnlySpan<byte> body, string secret)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        mac.AppendData(Encoding.ASCII.GetBytes(seconds));
        mac.AppendData("."u8);
        mac.AppendData(body);
        return mac.GetHashAndReset();
    }
}
