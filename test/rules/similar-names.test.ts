import { describe, expect, it } from 'vitest';
import { likeness } from '../../src/rules/shared/similar-names.ts';

describe('likeness', () => {
  it.each([
    ['userName', 'user_name'], ['parentObservationId', 'parent_observation_id'], ['adress', 'address'], ['recieved_at', 'received_at'], ['tags', 'tag'], ['customGitSSHKey', 'custom_git_ssh_key'],
  ])('%s and %s are one name in two spellings', (a, b) => expect(likeness(a, b)).toBe('same'));

  it.each([
    ['name', 'full_name'], ['expires', 'expiresAt'], ['status', 'status_id'], ['profileBio', 'bio'], ['enabledTypedSignature', 'typedSignatureEnabled'],
  ])('%s and %s are similar', (a, b) => expect(likeness(a, b)).toBe('similar'));

  it.each([
    ['nickname', 'handle'], ['user_id', 'account_id'], ['created_at', 'updated_at'], ['first_name', 'last_name'], ['last_offset', 'last_id'], ['is_admin', 'is_active'], ['bio', 'notes'], ['max_users', 'max_storage'],
    ['street1', 'street2'], ['billing_email', 'contact_email'], ['enabled', 'enabled_by'],
  ])('%s and %s are not', (a, b) => expect(likeness(a, b)).toBe('unlike'));
});
