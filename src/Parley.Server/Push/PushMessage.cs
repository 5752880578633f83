using System.Buffers.Text;
using System.Security.Cryptography;

namespace Parley.Server.Push;

/// <summary>One message on its way to one device.</summary>
/// <param name="Line">A line of IRC without its ending.</param>
internal sealed record PushMessage(byte[] Line)
{
    /// <summary>Mark of the message at the push service: an attempt that is repeated takes the place of the one before, whose answer was lost.</summary>
    public string Topic { get; } = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
}
