namespace Parley.Core.Intentions;

/// <summary>Something that a session wants to happen. It holds data only, so it can be sent to whoever decides.</summary>
public abstract record Intention;
