namespace Parley.Core.Intentions;

/// <summary>Something that is to happen to a registered room, or to make it one.</summary>
public abstract record RegistrationIntention : Intention;
