using System.Net.Sockets;
using System.Text.Json.Serialization;

namespace Parley.Server.Upgrade;

/// <summary>A listening socket that another server goes on with, in this process or in another one.</summary>
/// <param name="Name">Setting of the listener.</param>
/// <param name="Asked">The address that the setting says; null if the socket is the listener's whatever the setting says.</param>
/// <remarks>
/// In this process it stays the same object: the framework's watch over it ends with the last descriptor of the socket, and a second object, should it get
/// the number of the first, could not be watched.
/// </remarks>
internal sealed record HandedListener(string Name, string? Asked)
{
    /// <summary>The socket.</summary>
    [JsonIgnore]
    public Socket? Socket { get; init; }
}
