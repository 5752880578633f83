namespace Parley.Server.Connections;

/// <summary>Marks a connection, among its features, that comes from this machine for somebody who may be anywhere, as a proxy does that says nothing: no exemption of loopback holds for it.</summary>
internal sealed class SharedLoopback
{
    private SharedLoopback()
    {
    }

    public static SharedLoopback Mark { get; } = new();
}
