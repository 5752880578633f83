namespace Parley.Core.Delivery;

/// <summary>The connection of a session, as far as the core has a say in it: it is told, once each and from any thread, when it is to end.</summary>
public interface ISessionConnection
{
    /// <summary>The session is to end, soon.</summary>
    void End();

    /// <summary>Its reader fell behind, and the policy is to end the connection then: see <see cref="Delivery.OverflowPolicy.Disconnect"/>.</summary>
    void CutOff();
}
