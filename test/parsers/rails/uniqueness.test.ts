import { describe, expect, it } from 'vitest';
import { readModel } from '../../../src/parsers/rails/models.ts';
import { createSource } from '../../../src/source/source.ts';
import { environment } from './read.ts';

const surroundings = environment();
const read = (line: string) => readModel(surroundings.ruby.parse(createSource('app/models/user.rb', `class User < ApplicationRecord\n  SCOPE = %i[account_id role].freeze\n  ${line}\nend\n`)), surroundings)
  .flatMap(({ uniqueness }) => uniqueness.map(({ attributes }) => attributes.join(' ')));

describe('the uniqueness validations of a model', () => {
  it.each([
    ['validates :email, uniqueness: true', ['email']],
    ['validates :email, :phone, presence: true, uniqueness: { case_sensitive: false }, allow_nil: true', ['email', 'phone']],
    ['validates(*%i[email phone], uniqueness: true)', ['email', 'phone']],
    ['validates(*NAMES, uniqueness: true)', []],
    ['validates :email, :uniqueness => { :scope => :account_id }', ['email account_id']],
    ['validates! "email", uniqueness: { scope: SCOPE }', ['email account_id role']],
    ['validates_uniqueness_of :email, scope: [:account_id], message: "is taken"', ['email account_id']],
    ['validates_uniqueness_of :email, :phone', ['email', 'phone']],
    ['validates :email, uniqueness: { scope: somewhere_else }', []],
    ['validates :email, uniqueness: { scope: [:account_id, *MORE] }', []],
    ['validates :email, uniqueness: options', []],
    ['validates :email, uniqueness: { **OPTIONS }', []],
    ['validates :email, uniqueness: { conditions: -> { where(gone: false) } }', []],
    ['validates :email, uniqueness: { unless: :guest? }', []],
    ['validates :email, uniqueness: true, if: -> { member? }', []],
    ['validates :email, uniqueness: false', []],
    ['validates :email, presence: true', []],
    ['self.validates_uniqueness = true', []],
    ['with_options(if: :member?) { validates :email, uniqueness: true }', []],
  ])('%s', (line, wanted) => expect(read(line)).toEqual(wanted));
});
